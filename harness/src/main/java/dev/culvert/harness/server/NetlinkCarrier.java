package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.netlink.ChangeRequests;
import dev.culvert.harness.netlink.LinkRequests;
import dev.culvert.harness.netlink.NetlinkRequest;
import dev.culvert.harness.netlink.NetlinkSession;
import dev.culvert.harness.netlink.Outcome;
import dev.culvert.topologies.Link;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.plan.Change;
import dev.culvert.topologies.plan.ChangeStep;
import dev.culvert.topologies.plan.LinkStep;
import dev.culvert.topologies.plan.RunStep;
import dev.culvert.topologies.plan.ServeStep;
import dev.culvert.topologies.plan.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Carries out every change by netlink, those that follow each other in one namespace with one round trip. Settings, offloads and network
 * namespaces are no business of netlink and go by command.
 */
final class NetlinkCarrier implements StepCarrier {

    private final Function<Place, Server> servers;
    private final CommandLog log;
    private final CommandCarrier commands;

    /**
     * A carrier to servers.
     *
     * @param servers the one that holds a place
     * @param log hears of everything that is tried
     */
    NetlinkCarrier(Function<Place, Server> servers, CommandLog log) {
        this.servers = servers;
        this.log = log;
        this.commands = new CommandCarrier(servers, log);
    }

    @Override
    public void carryOut(List<? extends Step> steps) {
        Carrying carrying = new Carrying();
        steps.forEach(carrying::take);
        carrying.flush();
    }

    @Override
    public void tryAll(List<? extends Step> steps) {
        for (Step step : steps) {
            try {
                carryOut(List.of(step));
            } catch (KernelLacks | ConfigurationFailed nothingThere) {
                // It is in the log, as what a command says is.
            }
        }
    }

    /** A request on behalf of a step. */
    private record Asked(Step step, NetlinkRequest request) {}

    /** Gathers the requests of steps as long as they go to the same namespace. A device's index is looked up once in each. */
    private final class Carrying {

        private final Map<Place, NetlinkSession> sessions = new EnumMap<>(Place.class);
        private final List<Asked> together = new ArrayList<>();
        private Place place = Place.A;

        void take(Step step) {
            if (step instanceof RunStep || step instanceof ServeStep) {
                flush();
                commands.carryOut(List.of(step));
            } else if (step instanceof LinkStep pair) {
                take(pair);
            } else if (step instanceof ChangeStep change
                    && change.change() instanceof Change.FlushAddresses addresses) {
                flush();
                session(step.place())
                        .addressesOf(addresses.device())
                        .forEach(request -> add(step.place(), step, request));
            } else if (step instanceof ChangeStep change) {
                add(step.place(), step, ChangeRequests.of(change.change()));
            }
        }

        /**
         * A pair is asked for where the process of the other end can be named: a LAN host has none, so that it is asked for there, with the
         * other end in its server.
         */
        private void take(LinkStep step) {
            Link link = step.link();
            Place far = link.far().place();
            int farPid = servers.apply(far).pid();
            if (far.isNamespace()) {
                add(far, step, LinkRequests.addPair(link.far(), link.near(), farPid));
            } else {
                add(step.place(), step, LinkRequests.addPair(link.near(), link.far(), farPid));
            }
        }

        private void add(Place where, Step step, NetlinkRequest request) {
            if (where != place
                    || (!together.isEmpty() && together.get(0).request().protocol() != request.protocol())) {
                flush();
                place = where;
            }
            together.add(new Asked(step, request));
        }

        void flush() {
            if (together.isEmpty()) {
                return;
            }
            List<Outcome> outcomes = outcomes();
            for (int i = 0; i < outcomes.size(); i++) {
                finish(together.get(i).step(), outcomes.get(i));
            }
            together.clear();
        }

        private List<Outcome> outcomes() {
            try {
                return session(place)
                        .carryOut(together.stream().map(Asked::request).toList());
            } catch (RequestRefused noSocket) {
                // Where nobody answers a protocol the agent cannot even open a socket for it.
                KernelLacks.recognise(together.get(0).step().argvByName(), String.valueOf(noSocket.getMessage()))
                        .ifPresent(lacks -> {
                            throw lacks;
                        });
                throw noSocket;
            }
        }

        private NetlinkSession session(Place where) {
            return sessions.computeIfAbsent(
                    where, p -> new NetlinkSession(protocol -> servers.apply(p).netlink(p, protocol)));
        }

        private void finish(Step step, Outcome outcome) {
            CommandRecord record = new CommandRecord(
                    place,
                    outcome.request().line(),
                    outcome.error(),
                    false,
                    "",
                    outcome.said(),
                    outcome.atNanos(),
                    outcome.durationNanos());
            log.add(record);
            if (outcome.isRefusal()) {
                KernelLacks.recognise(step.argvByName(), outcome.said()).ifPresent(lacks -> {
                    throw lacks;
                });
                throw ConfigurationFailed.refused(step, record);
            }
        }
    }
}
