package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent tells a process of {@code ip} one command after another. The {@code ip} of these tests prints which of its kind it is and what it was told. */
class KeptIprouteTest {

    private static final String PRETENDING = """
            #!/usr/bin/perl
            use strict;
            $| = 1;
            # Only a process that is kept is given no command of its own.
            if ($ARGV[-1] ne '-') {
                print "alone @ARGV\\n";
                exit 3 if "@ARGV" =~ /fail/;
                exit 0;
            }
            my $line = 0;
            while (my $told = <STDIN>) {
                chomp $told;
                $line++;
                if ($told =~ /die/) { exit 4 }
                if ($told =~ /hang/) { sleep 60 }
                if ($told =~ /crash/) { kill 'SEGV', $$ }
                if ($told =~ /refuse/) { print STDERR "RTNETLINK answers: File exists\\nCommand failed -:$line\\n"; next }
                if ($told =~ /fail|culvert/) { print STDERR "not possible\\nCommand failed -:$line\\n"; next }
                print STDERR "a warning\\n" if $told =~ /warn/;
                print "x" x 200_000, "\\n" if $told =~ /long/;
                print "kept $$ $told\\n";
            }
            """;

    private final LocalAgent agent = new LocalAgent();
    private final Server server = agent.attach();

    @TempDir
    private Path directory;

    private String ip;

    @BeforeEach
    void pretend() throws IOException {
        Path program = Files.writeString(directory.resolve("ip"), PRETENDING);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        ip = program.toString();
    }

    @AfterEach
    void end() {
        agent.close();
    }

    @Test
    void oneProcessIsToldSeveralCommands() {
        CommandRecord first = ip("link set t1 up");
        CommandRecord second = ip("addr add 198.51.100.1/24 dev t1");

        assertThat(first.stdout()).startsWith("kept ").endsWith(" link set t1 up\n");
        assertThat(second.stdout()).startsWith(process(first)).endsWith(" addr add 198.51.100.1/24 dev t1\n");
        assertThat(List.of(first, second)).allSatisfy(record -> {
            assertThat(record.exit()).isZero();
            assertThat(record.stderr()).isEmpty();
        });
    }

    @Test
    void whatItPrintsIsThatCommandsWhole() {
        CommandRecord warned = ip("link set t1 alias warn-long");

        assertThat(warned.stdout())
                .startsWith("x".repeat(200_000) + "\nkept ")
                .endsWith(" link set t1 alias warn-long\n");
        assertThat(warned.stderr()).isEqualTo("a warning\n");
    }

    /** It counts its lines: were they not counted along, the second would wait for ever. */
    @Test
    void oneThatFailsTellsItsStatusByItself() {
        CommandRecord failed = ip("link set fail up");
        CommandRecord died = ip("link set die up");

        assertThat(failed.exit()).isEqualTo(3);
        assertThat(failed.stdout()).isEqualTo("alone link set fail up\n");
        assertThat(died.exit()).isZero();
        assertThat(died.stdout()).isEqualTo("alone link set die up\n");
        assertThat(ip("link set t1 up").stdout()).startsWith("kept ");
    }

    /** What ip says of a refusal is the kernel's word, its status is always the same. */
    @Test
    void oneThatTheKernelRefusesIsNotCarriedOutAgain() {
        CommandRecord refused = ip("link add refuse type ipip");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.stdout()).isEmpty();
        assertThat(refused.stderr()).isEqualTo("RTNETLINK answers: File exists\n");
    }

    /** What takes several requests may fail half way, and would go on from there; the cache of routes is flushed by one write. */
    @Test
    void aFlushIsCarriedOutByItself() {
        assertThat(ip("addr flush dev t1").stdout()).isEqualTo("alone addr flush dev t1\n");
        assertThat(ip("route flush proto ra").stdout()).isEqualTo("alone route flush proto ra\n");
        assertThat(ip("route flush cache").stdout()).startsWith("kept ");
    }

    @Test
    void theNameOfAnAlgorithmHasParentheses() {
        assertThat(ip("xfrm state add aead rfc4106(gcm(aes)) 0x5a 128").stdout())
                .startsWith("kept ")
                .endsWith(" xfrm state add aead rfc4106(gcm(aes)) 0x5a 128\n");
        assertThat(ip("link set t1 alias a#b").stdout()).startsWith("alone ");
    }

    /** Whether it had done its work before nobody knows: to do it again could be too much. */
    @Test
    void oneThatCrashesIsNotCarriedOutAgain() {
        CommandRecord crashed = ip("link set crash up");

        assertThat(crashed.exit()).isEqualTo(128 + 11);
        assertThat(crashed.stdout()).isEmpty();
    }

    @Test
    void oneThatHangsIsEndedWhenItsTimeIsOut() {
        List<String> argv = argv("link set hang up");

        CommandRecord hung = server.run(Command.at(Place.A, argv).withTimeout(Duration.ofMillis(200)));

        assertThat(hung.timedOut()).isTrue();
        assertThat(ip("link set t1 up").exit()).isZero();
    }

    @Test
    void aLinkOfAnEarlierNameIsToldToANewProcess() {
        CommandRecord first = ip("link add t1 type ipip");
        CommandRecord another = ip("link add t2 type ipip");
        CommandRecord deleted = ip("link del t1");
        CommandRecord again = ip("link add t1 type ipip");
        CommandRecord renamed = ip("link set t2 name t3");

        assertThat(another.stdout()).startsWith(process(first));
        assertThat(deleted.stdout()).startsWith(process(first));
        assertThat(again.stdout()).startsWith("kept ").doesNotStartWith(process(first));
        assertThat(renamed.stdout()).startsWith("kept ").doesNotStartWith(process(again));
    }

    @Test
    void aLinkOfANameThatIsInUseElsewhereIsNotToldToANewProcess() {
        CommandRecord first = ip("link add lan0 type veth peer name eth0 netns h");
        CommandRecord refused = ip("link add refuse type ipip");

        assertThat(ip("link add eth0 type veth peer name eth0 netns 77").stdout())
                .startsWith(process(first));
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(ip("link add refuse type ipip local 198.51.100.1").exit()).isEqualTo(2);
        assertThat(ip("link add t1 type ipip").stdout()).startsWith(process(first));
        assertThat(ip("link add lan1 type veth peer name eth0 netns h").stdout())
                .startsWith("kept ")
                .doesNotStartWith(process(first));
    }

    @Test
    void listsOfAddressesComeFromAProcessThatHasListedNoLinks() {
        CommandRecord addresses = ip("addr show");
        CommandRecord links = ip("link show");
        CommandRecord routes = ip("route show");
        CommandRecord again = ip("addr show");
        CommandRecord details = ip("-d -j link show");

        assertThat(links.stdout()).startsWith(process(addresses));
        assertThat(routes.stdout()).startsWith(process(addresses));
        assertThat(again.stdout()).startsWith("kept ").doesNotStartWith(process(addresses));
        assertThat(details.stdout()).startsWith("kept ").doesNotStartWith(process(again));
    }

    @Test
    void oneThatFailsToListIsNotKept() {
        CommandRecord set = ip("link set t1 up");
        CommandRecord shown = ip("link show t1");

        assertThat(ip("link set fail up").exit()).isEqualTo(3);
        assertThat(ip("link show fail").exit()).isEqualTo(3);

        assertThat(ip("link set t1 down").stdout()).startsWith(process(set));
        assertThat(ip("link show t1").stdout()).startsWith("kept ").doesNotStartWith(process(shown));
    }

    @Test
    void whatIsNoPlainCommandOfOneLineHasAProcessOfItsOwn() {
        assertThat(List.of(
                        "netns add h",
                        "xfrm state list",
                        "route save",
                        "-f mpls route add 100 dev lo",
                        "monitor",
                        "-V"))
                .allSatisfy(words -> assertThat(ip(words).stdout()).isEqualTo("alone " + words + "\n"));
        List<String> odd = new ArrayList<>(argv("link set dev"));
        odd.add("a\nlink delete eth0");
        assertThat(server.run(Command.at(Place.A, odd)).stdout()).isEqualTo("alone link set dev a\nlink delete eth0\n");
    }

    @Test
    void nothingOfItIsLeftAfterAReset() {
        String process = process(ip("link set t1 up")).split(" ", -1)[1];

        server.reset().join();

        assertThat(server.run(Command.at(Place.A, "kill", "-0", process)).exit())
                .isNotZero();
        assertThat(ip("link set t1 up").stdout()).startsWith("kept ").doesNotContain(process);
    }

    private CommandRecord ip(String words) {
        return server.run(Command.at(Place.A, argv(words)));
    }

    private List<String> argv(String words) {
        List<String> argv = new ArrayList<>(List.of(ip));
        argv.addAll(List.of(words.split(" ", -1)));
        return argv;
    }

    /** What the output of every command that the same process carried out begins with. */
    private static String process(CommandRecord of) {
        return of.stdout().replaceFirst("(?s)(kept \\d+ ).*", "$1");
    }
}
