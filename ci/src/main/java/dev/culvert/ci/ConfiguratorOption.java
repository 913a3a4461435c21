package dev.culvert.ci;

import dev.culvert.harness.evidence.ConfiguredBy;
import picocli.CommandLine.Option;

/** The option that chooses what configures the servers. */
final class ConfiguratorOption {

    @Option(
            names = "--configurator",
            defaultValue = "iproute2",
            paramLabel = "iproute2|netlink",
            description =
                    "What tells the kernel about links, addresses, routes, the tunnel and IPsec: the commands of iproute2 (the "
                            + "default), or netlink messages of Culvert's own.")
    ConfiguredBy by;
}
