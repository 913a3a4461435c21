package dev.culvert.topologies.plan;

import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.UdpListener;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change to a network namespace that netlink can make: each is one command of iproute2, and one or more netlink messages. */
public sealed interface Change {

    /** The command of iproute2 that makes it. */
    List<String> argv();

    /** A tunnel device is made. */
    record AddTunnel(Kind kind, TunnelEnd end) implements Change {
        @Override
        public List<String> argv() {
            return kind.addDevice(end);
        }
    }

    /** A bridge is made that forwards at once and looks at no group membership, so that it floods what is for a group. */
    record AddBridge(String device, String mac) implements Change {
        @Override
        public List<String> argv() {
            return List.of(
                    "ip",
                    "link",
                    "add",
                    device,
                    "address",
                    mac,
                    "type",
                    "bridge",
                    "stp_state",
                    "0",
                    "mcast_snooping",
                    "0");
        }
    }

    /** A device becomes a port of a bridge. */
    record SetMaster(String device, String bridge) implements Change {
        @Override
        public List<String> argv() {
            return List.of("ip", "link", "set", device, "master", bridge);
        }
    }

    /** A UDP port takes packets out of UDP. */
    record AddUdpListener(UdpListener listener) implements Change {
        @Override
        public List<String> argv() {
            List<String> argv = new ArrayList<>(List.of("ip", "fou", "add", "port", String.valueOf(listener.port())));
            argv.addAll(
                    listener.header() == UdpEncapsulation.Header.GUE
                            ? List.of("gue")
                            : List.of("ipproto", String.valueOf(listener.protocol())));
            argv.addAll(listener.familyWords());
            return List.copyOf(argv);
        }
    }

    /** A UDP port takes packets out of UDP no more. */
    record DeleteUdpListener(UdpListener listener) implements Change {
        @Override
        public List<String> argv() {
            List<String> argv =
                    new ArrayList<>(List.of("ip", "fou", "delete", "port", String.valueOf(listener.port())));
            argv.addAll(listener.familyWords());
            return List.copyOf(argv);
        }
    }

    /** A device goes, and with it its addresses and routes. */
    record DeleteLink(String device) implements Change {
        @Override
        public List<String> argv() {
            return List.of("ip", "link", "delete", device);
        }
    }

    /** A device goes up or down. */
    record SetState(String device, boolean up) implements Change {
        @Override
        public List<String> argv() {
            return List.of("ip", "link", "set", device, up ? "up" : "down");
        }
    }

    /** A device gets an MTU, in bytes. */
    record SetMtu(String device, int mtu) implements Change {
        @Override
        public List<String> argv() {
            return List.of("ip", "link", "set", device, "mtu", String.valueOf(mtu));
        }
    }

    /** A device gets an address, an IPv6 one without duplicate address detection. */
    record AddAddress(String device, InterfaceAddress address) implements Change {
        @Override
        public List<String> argv() {
            List<String> argv = new ArrayList<>(List.of("ip", "addr", "add", address.toString(), "dev", device));
            if (address.family() == Family.IPV6) {
                argv.add("nodad");
            }
            return List.copyOf(argv);
        }
    }

    /** A device loses an address. */
    record DeleteAddress(String device, InterfaceAddress address) implements Change {
        @Override
        public List<String> argv() {
            return List.of("ip", "addr", "delete", address.toString(), "dev", device);
        }
    }

    /** A device loses all its addresses. */
    record FlushAddresses(String device) implements Change {
        @Override
        public List<String> argv() {
            return List.of("ip", "addr", "flush", "dev", device);
        }
    }

    /** A neighbour is known for good, so that nobody asks for it. */
    record SetNeighbour(String device, InetAddress address, String mac) implements Change {
        @Override
        public List<String> argv() {
            return List.of(
                    "ip",
                    "neigh",
                    "replace",
                    IpAddress.text(address),
                    "lladdr",
                    mac,
                    "dev",
                    device,
                    "nud",
                    "permanent");
        }
    }

    /**
     * A route of the main table is made.
     *
     * @param via the next hop, or null for a destination that is directly on the device
     * @param device or null to leave it to the next hop
     * @param onlink whether the next hop is taken to be on the device though no subnet of it says so
     * @param labels the MPLS labels pushed on the packet, outermost first; mostly empty
     * @param encapsulation what a device in external mode is to put before the packet; mostly null
     */
    record AddRoute(
            Subnet to,
            @Nullable InetAddress via,
            @Nullable String device,
            boolean onlink,
            List<Integer> labels,
            @Nullable LightweightTunnel encapsulation)
            implements Change {

        /** A route to a device that needs to be told nothing of the packets. */
        public AddRoute(
                Subnet to, @Nullable InetAddress via, @Nullable String device, boolean onlink, List<Integer> labels) {
            this(to, via, device, onlink, labels, null);
        }

        public AddRoute {
            labels = List.copyOf(labels);
        }

        /** A route that needs no more than its next hop. */
        static AddRoute via(Subnet to, InetAddress next) {
            return new AddRoute(to, next, null, false, List.of());
        }

        @Override
        public List<String> argv() {
            return argv("add");
        }

        /** The command that makes the route in the place of one to the same destination. */
        public List<String> replacing() {
            return argv("replace");
        }

        private List<String> argv(String verb) {
            List<String> argv = new ArrayList<>(List.of("ip", "route", verb, isDefault() ? "default" : to.toString()));
            if (!labels.isEmpty()) {
                argv.addAll(List.of("encap", "mpls", Labels.stack(labels)));
            }
            if (encapsulation != null) {
                argv.addAll(encapsulation.words());
            }
            if (via != null) {
                argv.addAll(List.of("via", IpAddress.text(via)));
            }
            if (device != null) {
                argv.addAll(List.of("dev", device));
            }
            if (onlink) {
                argv.add("onlink");
            }
            return List.copyOf(argv);
        }

        /** The word "default" is of IPv4 to a command that names no other address. */
        private boolean isDefault() {
            return to.prefixLength() == 0 && to.family() == Family.IPV4;
        }
    }

    /** A state by which IPsec protects or opens packets is made. */
    record AddEspState(EspState state) implements Change {
        @Override
        public List<String> argv() {
            return state.add();
        }
    }

    /** A policy by which packets need IPsec is made. */
    record AddEspPolicy(EspPolicy policy) implements Change {
        @Override
        public List<String> argv() {
            return policy.add();
        }
    }

    /** All policies of IPsec go. */
    record FlushEspPolicies() implements Change {
        @Override
        public List<String> argv() {
            return List.of("ip", "xfrm", "policy", "flush");
        }
    }

    /** All states of IPsec go. */
    record FlushEspStates() implements Change {
        @Override
        public List<String> argv() {
            return List.of("ip", "xfrm", "state", "flush");
        }
    }

    /** A packet with an MPLS label loses it and goes on by a device, {@code lo} to stay here. */
    record PopLabel(int label, String device) implements Change {
        @Override
        public List<String> argv() {
            return List.of("ip", "-f", "mpls", "route", "add", String.valueOf(label), "dev", device);
        }
    }
}
