package dev.culvert.harness.server;

/** What a background process had printed when a text was awaited from it. */
record Sighting(State state, String printed) {

    enum State {
        SEEN("it was seen"),
        TIME_IS_OUT("it did not come"),
        PROCESS_ENDED("the process ended");

        private final String words;

        State(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static Sighting of(Answer answer) {
        State state = State.values()[answer.u8()];
        return new Sighting(state, answer.text());
    }
}
