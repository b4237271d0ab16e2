package dev.clade.fault;

import java.util.Optional;

/// An error of the world or of an input, as every room of Clade reports it: a stable code, what was wrong, what was
/// found, what was expected, and how to mend it. It never guesses a cause.
///
/// The first digit of the code tells the kind, and with it the exit status of the command line:
/// 1 the experiment file, 2 the store, 3 a trainer or a run, 4 the command line, 5 a proof that does not hold.
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;
    private final String what;
    private final String found;
    private final String expected;
    private final String mend;

    public Fault(int code, String what, String found, String expected, String mend) {
        super("CLADE-" + code + " " + what + "  Found: " + found + "  Expected: " + expected + "  Mend: " + mend);
        this.code = code;
        this.what = what;
        this.found = found;
        this.expected = expected;
        this.mend = mend;
    }

    /// The same fault with the exception that showed it.
    public Fault causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    public int code() {
        return code;
    }

    public String what() {
        return what;
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }

    public String mend() {
        return mend;
    }

    /// The kinds of fault, by the first digit of their code.
    public enum Kind {
        FILE,
        STORE,
        RUN,
        USAGE,
        PROOF
    }

    public Kind kind() {
        return switch (code / 1000) {
            case 1 -> Kind.FILE;
            case 2 -> Kind.STORE;
            case 4 -> Kind.USAGE;
            case 5 -> Kind.PROOF;
            default -> Kind.RUN;
        };
    }

    /// The nearest fault in a chain of causes.
    public static Optional<Fault> in(Throwable thrown) {
        var at = Optional.of(thrown);
        while (at.isPresent()) {
            if (at.get() instanceof Fault fault) {
                return Optional.of(fault);
            }
            at = Optional.ofNullable(at.get().getCause());
        }
        return Optional.empty();
    }
}
