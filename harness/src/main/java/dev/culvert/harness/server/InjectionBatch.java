package dev.culvert.harness.server;

import java.util.ArrayList;
import java.util.List;

/** A batch of packets, cut into requests that the agent takes, and their results put together again. */
final class InjectionBatch {

    private static final int ROOM = Request.LONGEST - 1024;
    private static final int ENTRY_OVERHEAD = 128;

    private InjectionBatch() {}

    static List<List<Injection>> split(List<Injection> batch) {
        List<List<Injection>> parts = new ArrayList<>();
        List<Injection> part = new ArrayList<>();
        int size = 0;
        for (Injection injection : batch) {
            int needed = ENTRY_OVERHEAD + injection.bytes().length();
            if (size + needed > ROOM && !part.isEmpty()) {
                parts.add(part);
                part = new ArrayList<>();
                size = 0;
            }
            part.add(injection);
            size += needed;
        }
        parts.add(part);
        return parts;
    }

    static List<Injected> append(List<Injected> results, Answer answer) {
        List<Injected> all = new ArrayList<>(results);
        for (int left = answer.u32(); left > 0; left--) {
            long atNanos = answer.u64();
            String error = answer.text();
            all.add(new Injected(atNanos, error.isEmpty() ? null : error));
        }
        return all;
    }
}
