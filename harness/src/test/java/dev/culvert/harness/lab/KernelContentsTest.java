package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.lab.KernelContents.Support;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelContentsTest {

    private static final Topology IPIP = Topologies.named("ipip");

    @TempDir
    Path directory;

    private Path modules;
    private Path image;

    @BeforeEach
    void makeUpAKernel() throws IOException {
        modules = Files.createDirectories(directory.resolve("lib/modules/6.18.0-mine"));
        image = Files.writeString(directory.resolve("bzImage"), "");
    }

    @Test
    void takesModulesFromFilesAndFromWhatIsBuiltIn() throws IOException {
        // Given
        module("kernel/net/ipv4/ipip.ko.xz");
        builtIn("kernel/drivers/net/veth.ko", "kernel/net/ipv4/tunnel4.ko");

        // When
        KernelContents contents = contents(List.of());

        // Then
        assertThat(contents.support(IPIP)).isEqualTo(new Support(List.of(), List.of()));
        assertThat(contents.release()).isEqualTo("6.18.0-mine");
    }

    @Test
    void namesTheModuleThatIsMissing() throws IOException {
        // Given
        builtIn("kernel/drivers/net/veth.ko", "kernel/net/ipv4/tunnel4.ko");

        // When
        Support support = contents(List.of()).support(IPIP);

        // Then
        assertThat(support.lacks()).containsExactly("the module ipip");
    }

    @Test
    void takesAModuleThatIsPutInItsPlace() throws IOException {
        // Given
        builtIn("kernel/drivers/net/veth.ko", "kernel/net/ipv4/tunnel4.ko");
        Path replaced = Files.writeString(directory.resolve("ipip.ko"), "");

        // When
        Support support = contents(List.of(replaced)).support(IPIP);

        // Then
        assertThat(support.lacks()).isEmpty();
    }

    @Test
    void modulesAreTheSameWithHyphensAndWithUnderscores() throws IOException {
        module("kernel/net/sched/act-mirred.ko.zst");

        assertThat(KernelModules.read(modules, List.of()).names()).containsExactly("act_mirred");
    }

    @Test
    void namesTheOptionThatIsOff() throws IOException {
        // Given
        Topology group = greToAGroup();
        builtIn("kernel/drivers/net/veth.ko", "kernel/net/ipv4/ip_gre.ko", "kernel/net/ipv4/gre.ko");
        Files.writeString(modules.resolve("config"), "CONFIG_NET_IPGRE=m\n# CONFIG_NET_IPGRE_BROADCAST is not set\n");

        // When
        Support support = contents(List.of()).support(group);

        // Then
        assertThat(support).isEqualTo(new Support(List.of("CONFIG_NET_IPGRE_BROADCAST"), List.of()));
    }

    @Test
    void takesAnOptionThatIsOn() throws IOException {
        // Given
        builtIn("kernel/drivers/net/veth.ko", "kernel/net/ipv4/ip_gre.ko", "kernel/net/ipv4/gre.ko");
        Files.createDirectories(modules.resolve("build"));
        Files.writeString(modules.resolve("build/.config"), "CONFIG_NET_IPGRE_BROADCAST=y\n");

        // When
        Support support = contents(List.of()).support(greToAGroup());

        // Then
        assertThat(support).isEqualTo(new Support(List.of(), List.of()));
    }

    @Test
    void findsTheConfigurationInTheTreeThatTheImageWasBuiltIn() throws IOException {
        // Given
        Path tree = Files.createDirectories(directory.resolve("linux/arch/x86/boot"));
        image = Files.writeString(tree.resolve("bzImage"), "");
        Files.writeString(directory.resolve("linux/.config"), "CONFIG_NET_IPGRE_BROADCAST=y\n");

        // Then
        assertThat(contents(List.of()).configured()).isTrue();
    }

    @Test
    void doesNotClaimToKnowAConfigurationThatIsNotThere() throws IOException {
        // Given
        builtIn("kernel/drivers/net/veth.ko", "kernel/net/ipv4/ip_gre.ko", "kernel/net/ipv4/gre.ko");

        // When
        KernelContents contents = contents(List.of());

        // Then
        assertThat(contents.configured()).isFalse();
        assertThat(contents.support(greToAGroup()))
                .isEqualTo(new Support(List.of(), List.of("CONFIG_NET_IPGRE_BROADCAST")));
    }

    @Test
    void knowsNothingOfADebianKernelThatNoRunHasFetched() {
        LabCache empty = new LabCache(directory.resolve("cache"));

        assertThat(KernelContents.of(new KernelChoice.Debian("6.1", List.of()), empty))
                .isEmpty();
        assertThat(directory.resolve("cache")).doesNotExist();
    }

    private KernelContents contents(List<Path> replaced) {
        return KernelContents.of(
                        new KernelChoice.Image(image, modules, replaced), new LabCache(directory.resolve("cache")))
                .orElseThrow();
    }

    private void module(String name) throws IOException {
        Path file = modules.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    private void builtIn(String... modulesBuiltIn) throws IOException {
        Files.write(modules.resolve("modules.builtin"), List.of(modulesBuiltIn));
    }

    /** A GRE device whose remote is a group needs CONFIG_NET_IPGRE_BROADCAST; the kind is made to say so of any. */
    private static Topology greToAGroup() {
        Topology gre = Topologies.named("gre");
        Kind toAGroup = (Kind) Proxy.newProxyInstance(
                KernelContentsTest.class.getClassLoader(),
                new Class<?>[] {Kind.class},
                (proxy, called, arguments) -> called.getName().equals("configuration")
                        ? List.of("CONFIG_NET_IPGRE_BROADCAST")
                        : called.invoke(gre.kind(), arguments));
        return new Topology(
                "group",
                gre.title(),
                "",
                gre.source(),
                List.of(),
                toAGroup,
                gre.a(),
                gre.b(),
                null,
                null,
                null,
                gre.throughput());
    }
}
