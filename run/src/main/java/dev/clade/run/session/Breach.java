package dev.clade.run.session;

import dev.clade.fault.Fault;
import java.util.Collection;

/// What Clade finds wrong with a program: CLADE-3501 to 3509 of `docs/protocol.md`, section 4.
final class Breach {

    static final int NOT_CONNECTED = 3501;
    static final int EXITED = 3506;

    private static final String READ = "read docs/protocol.md, section ";

    private Breach() {}

    static Fault notConnected(String found) {
        return new Fault(
                NOT_CONNECTED,
                "the program did not connect.",
                found,
                "a connection to CLADE_SOCKET, with a hello",
                "run it by hand to see what it says; a program that opens a session connects by itself.");
    }

    static Fault versions(Collection<Integer> spoken) {
        return new Fault(
                3502,
                "no version of the protocol is spoken by both.",
                spoken.toString(),
                Integer.toString(Codec.VERSION),
                "install the version of the client that belongs to this Clade.");
    }

    static Fault tooLong(long bytes) {
        return new Fault(
                3503,
                "a line is longer than 1 MiB.",
                bytes + " bytes without an end",
                "at most " + Codec.LONGEST + " bytes, then a newline",
                "send less at once; files go into the folder of 'save', and prints to standard output.");
    }

    static Fault unreadable(String found) {
        return new Fault(
                3503,
                "a line is no message.",
                found,
                "one JSON object a line, at most " + Codec.DEEPEST + " deep, no name twice",
                "send nothing else through the socket; prints belong on standard output.");
    }

    static Fault field(String type, String field, String found, String expected) {
        return new Fault(
                3503,
                "the field '" + field + "' of '" + type + "' is not what it should be.",
                found,
                expected,
                READ + "3.");
    }

    static Fault unknown(String type) {
        return new Fault(
                3504,
                "a message is of an unknown type.",
                type,
                "one of " + String.join(", ", Codec.TYPES),
                "install the version of the client that belongs to this Clade.");
    }

    static Fault unasked(String found, String expected) {
        return new Fault(
                3504,
                "a message answers nothing that was asked.",
                found,
                expected,
                "answer each request once, in order.");
    }

    static Fault token() {
        return new Fault(
                3505,
                "the token is wrong.",
                "another one",
                "that of CLADE_TOKEN",
                "leave the variable as Clade has set it.");
    }

    static Fault exited(String found) {
        return new Fault(
                EXITED,
                "the program has exited, or closed the line.",
                found,
                "a program that stays until it is told to end",
                "see what it printed last: 'clade logs' shows all of it.");
    }

    static Fault late(String found) {
        return new Fault(
                3507,
                "a deadline has passed.",
                found,
                "an answer within the deadlines",
                "raise 'deadlines', or mend the program.");
    }

    static Fault step(String found, String expected) {
        return new Fault(
                3508,
                "a step falls, or is beyond the segment.",
                found,
                expected,
                "count the member's own steps, from the 'step' of 'train' on.");
    }

    static Fault claim(String found, String expected) {
        return new Fault(
                3509,
                "the program lacks what the experiment file claims for it.",
                found,
                expected,
                "let its hello name it, or take it out of 'trainer'.");
    }
}
