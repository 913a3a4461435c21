package dev.culvert.harness.netlink;

import dev.culvert.harness.netlink.Relay.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** What one network namespace is asked over a relay: requests in order, and listings. Devices go by name; their indexes are looked up. */
public final class NetlinkSession {

    /** A listing that something gets in the way of again and again is given up after these attempts. */
    private static final int ATTEMPTS = 8;

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Function<NetlinkProtocol, Relay> relays;
    private final Map<String, Long> indexes = new HashMap<>();
    private final Map<String, Integer> families = new HashMap<>();
    private int sequence;

    /** A session by the relays of a namespace, one for each protocol. */
    public NetlinkSession(Function<NetlinkProtocol, Relay> relays) {
        this.relays = relays;
    }

    /**
     * Makes requests in their order, up to the first that is refused.
     *
     * @return one outcome for each request that was made; only the last can be a refusal
     */
    public List<Outcome> carryOut(List<NetlinkRequest> requests) {
        List<Outcome> outcomes = new ArrayList<>();
        List<NetlinkRequest> together = new ArrayList<>();
        for (NetlinkRequest request : requests) {
            boolean other = !together.isEmpty() && together.get(0).protocol() != request.protocol();
            if (other && !exchange(together, outcomes)) {
                return outcomes;
            }
            // Behind what is made before it, which may be the device itself.
            List<NetlinkRequest> lookups = lookups(request);
            together.addAll(lookups);
            if (!lookups.isEmpty() && !exchange(together, outcomes)) {
                return outcomes;
            }
            together.add(request);
        }
        exchange(together, outcomes);
        return outcomes;
    }

    /** What must be asked before a request can be made. */
    private List<NetlinkRequest> lookups(NetlinkRequest request) {
        Set<String> unknown = new LinkedHashSet<>(request.devices());
        unknown.removeAll(indexes.keySet());
        List<NetlinkRequest> lookups =
                new ArrayList<>(unknown.stream().map(LinkRequests::get).toList());
        String family = request.family();
        if (family != null && !families.containsKey(family)) {
            lookups.add(GenericFamily.lookup(family));
        }
        return lookups;
    }

    /** The requests that take from a device every address that it has now. */
    public List<NetlinkRequest> addressesOf(String device) {
        Map<Long, String> names = dump(LinkRequests.dump()).stream()
                .map(LinkMessage::of)
                .collect(Collectors.toMap(LinkMessage::index, LinkMessage::name));
        List<NetlinkRequest> requests = new ArrayList<>();
        for (NetlinkMessage message : dump(AddressRequests.dump())) {
            AddressMessage address = AddressMessage.of(message);
            if (device.equals(names.get(address.index()))) {
                // In the reverse order: one that goes takes along those behind it in the same subnet (__inet_del_ifa).
                requests.add(0, AddressRequests.delete(device, address.local(), address.prefixLength()));
            }
        }
        return requests;
    }

    /**
     * Lists everything that a request asks for. Waits while the kernel is busy with another listing of the same socket, and asks again when
     * something changed meanwhile.
     *
     * @throws NetlinkRefused when the kernel refuses, or every attempt was in vain
     */
    public List<NetlinkMessage> dump(NetlinkRequest request) {
        String last = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int own = ++sequence;
            EncodedRequest encoded = encode(request, own);
            List<NetlinkMessage> answers =
                    answers(relays.apply(request.protocol()).exchange(List.of(encoded.bytes())), 0, own);
            Acknowledgement end = Acknowledgement.of(answers.get(answers.size() - 1));
            if (end.isBusy()) {
                last = "the kernel was busy with another listing";
                pause(attempt);
            } else if (end.isRefusal()) {
                throw new NetlinkRefused(request, end.text(encoded));
            } else if (answers.stream().anyMatch(NetlinkMessage::isInterrupted)) {
                last = "something changed while the kernel was listing it";
            } else {
                return answers.subList(0, answers.size() - 1);
            }
        }
        throw new NetlinkRefused(request, ATTEMPTS + " attempts were in vain, the last one because " + last);
    }

    /**
     * Makes requests of one protocol of which all devices and families are known, takes them out of the list, and says whether all went
     * well. Lookups have no outcome unless they are refused.
     */
    private boolean exchange(List<NetlinkRequest> requests, List<Outcome> outcomes) {
        if (requests.isEmpty()) {
            return true;
        }
        int first = sequence + 1;
        List<EncodedRequest> encoded = new ArrayList<>();
        requests.forEach(request -> encoded.add(encode(request, ++sequence)));
        Exchange exchange = relays.apply(requests.get(0).protocol())
                .exchange(encoded.stream().map(EncodedRequest::bytes).toList());
        boolean well = true;
        for (int i = 0; i < exchange.answers().size(); i++) {
            NetlinkRequest request = requests.get(i);
            List<NetlinkMessage> answers = answers(exchange, i, first + i);
            Acknowledgement end = Acknowledgement.of(answers.get(answers.size() - 1));
            boolean lookup = request.isLookup();
            if (lookup && !end.isRefusal()) {
                learn(request, answers);
            } else {
                outcomes.add(outcome(request, encoded.get(i), end, exchange));
            }
            if (request.protocol() == NetlinkProtocol.ROUTE && request.type() == LinkRequests.DELETE) {
                indexes.clear();
            }
            well = !end.isRefusal();
        }
        requests.clear();
        return well;
    }

    private static Outcome outcome(
            NetlinkRequest request, EncodedRequest encoded, Acknowledgement end, Exchange exchange) {
        boolean silent = !end.isRefusal() && end.said() == null;
        return new Outcome(
                request,
                end.error(),
                silent ? "" : end.text(encoded),
                end.blamed(encoded).orElse(null),
                exchange.atNanos(),
                exchange.durationNanos());
    }

    private void learn(NetlinkRequest lookup, List<NetlinkMessage> answers) {
        for (NetlinkMessage message : answers.subList(0, answers.size() - 1)) {
            if (lookup.protocol() == NetlinkProtocol.GENERIC) {
                GenericFamily family = GenericFamily.of(message);
                families.put(family.name(), family.number());
            } else {
                LinkMessage link = LinkMessage.of(message);
                indexes.put(link.name(), link.index());
            }
        }
    }

    private EncodedRequest encode(NetlinkRequest request, int number) {
        String family = request.family();
        NetlinkRequest numbered = family == null ? request : request.withType(families.get(family));
        return numbered.encode(number, device -> {
            Long index = indexes.get(device);
            if (index == null) {
                throw new IllegalStateException("the index of " + device + " was not looked up");
            }
            return index;
        });
    }

    /** The answers to one request, up to the one that ends them. */
    private static List<NetlinkMessage> answers(Exchange exchange, int number, int sequence) {
        List<NetlinkMessage> own = NetlinkMessage.split(
                        exchange.answers().get(number).toArray())
                .stream()
                .filter(message -> message.sequence() == sequence)
                .toList();
        if (own.isEmpty() || !own.get(own.size() - 1).isLast()) {
            throw new MalformedNetlink(0, "the answers to request " + sequence + " have no end");
        }
        return own;
    }

    private static void pause(int attempt) {
        // Awaitility would take what any other thread dies of for its own.
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .pollInSameThread()
                .pollDelay(PAUSE.multipliedBy(attempt))
                .until(() -> true);
    }
}
