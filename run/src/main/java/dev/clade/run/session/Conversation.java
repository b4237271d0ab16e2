package dev.clade.run.session;

import dev.clade.fault.Fault;
import dev.clade.run.session.Message.End;
import dev.clade.run.session.Message.FromClade;
import dev.clade.run.session.Message.FromProgram;
import dev.clade.run.session.Message.Hello;
import dev.clade.trainer.TrainingFailed;
import dev.clade.trainer.TrainingFailed.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What passes between Clade and one program, from its start to its end. Used by one thread, but for [#abort].
///
/// What is wrong with the program ends it, with all that it has started; it is told why, if it still listens.
final class Conversation implements AutoCloseable {

    /// How often is looked whether the program lives, and whether it shall stop [ms].
    private static final long LOOK_AGAIN = 50;

    /// How long a program that hung up may take until its exit status is known [ms].
    private static final long UNTIL_GONE = 1000;

    /// How long a program may take to end when it is told to, and again when it is asked to by a signal.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Host.Guest guest;
    private volatile Optional<Line> line = Optional.empty();
    private volatile Optional<String> aborted = Optional.empty();
    private volatile boolean over;

    Conversation(Host.Guest guest) {
        this.guest = guest;
    }

    // ---- beginning

    /// Waits for the program's hello and welcomes it.
    Greeting greet(Terms terms, Claim claim, int slot, int lanes) {
        long began = System.nanoTime();
        try {
            var admitted = guest.door().admit(this::lookForIt);
            line = Optional.of(admitted.line());
            var startUp = Duration.ofNanos(System.nanoTime() - began);
            guest.connected();
            stillWanted();
            var hello = admitted.hello();
            if (!hello.protocol().contains(Codec.VERSION)) {
                throw Breach.versions(hello.protocol());
            }
            claim.check(hello, lanes);
            say(List.of(terms.welcome(slot, lanes)));
            return greeting(hello, startUp);
        } catch (Fault fault) {
            throw breach(fault);
        } catch (IOException e) {
            throw line.isPresent() ? ended() : absent();
        }
    }

    private static Greeting greeting(Hello hello, Duration startUp) {
        return new Greeting(hello.program(), Codec.VERSION, hello.capabilities(), hello.lanes(), startUp);
    }

    private void lookForIt() throws IOException {
        stillWanted();
        if (!guest.alive()) {
            throw new IOException("the program has ended");
        }
    }

    private void stillWanted() throws IOException {
        if (aborted.isPresent()) {
            throw new IOException("aborted");
        }
    }

    // ---- talking

    /// Whether it can be relied on that the program is there.
    boolean open() {
        return !over && guest.alive() && !line.orElseThrow().ended();
    }

    void say(List<? extends FromClade> batch) {
        try {
            line.orElseThrow().say(Codec.write(batch));
        } catch (Fault fault) {
            throw breach(fault);
        } catch (IOException e) {
            throw ended();
        }
    }

    /// The next message.
    ///
    /// @param meanwhile is called before each look for one, at least every 50 ms
    FromProgram hear(Runnable meanwhile) {
        try {
            while (true) {
                meanwhile.run();
                boolean alive = guest.alive(); // before the look: what it said last is heard
                var message = line.orElseThrow().next(alive ? LOOK_AGAIN : 0);
                if (message.isPresent()) {
                    return message.get();
                }
                if (!alive) {
                    throw ended();
                }
            }
        } catch (Fault fault) {
            throw breach(fault);
        } catch (IOException e) {
            throw ended();
        }
    }

    // ---- ends

    /// Ends the session: the program is told what is wrong with it.
    TrainingFailed breach(Fault fault) {
        line.ifPresent(l -> l.sayIfPossible(Codec.write(Door.refusal(fault))));
        var exited = guest.exited();
        end();
        return failed(aborted.isPresent() ? late() : fault, Kind.THREW, exited);
    }

    private TrainingFailed ended() {
        if (aborted.isPresent()) {
            end();
            return failed(late(), Kind.THREW, OptionalInt.empty());
        }
        var exited = exitStatus();
        end();
        return failed(Breach.exited(how(exited)), Kind.EXITED, exited);
    }

    private TrainingFailed absent() {
        if (aborted.isPresent()) {
            end();
            return failed(Breach.notConnected(aborted.get()), Kind.EXITED, OptionalInt.empty());
        }
        var exited = exitStatus();
        end();
        return failed(Breach.notConnected(how(exited) + " before it did"), Kind.EXITED, exited);
    }

    private Fault late() {
        return Breach.late(aborted.orElse("no answer"));
    }

    private TrainingFailed failed(Fault fault, Kind kind, OptionalInt exited) {
        var words = exited.isPresent() ? guest.lastWords().strip() : "";
        return new TrainingFailed(
                kind, fault.getMessage() + (words.isEmpty() ? "" : "\nThe last that it printed:\n" + words));
    }

    private static String how(OptionalInt exited) {
        if (exited.isEmpty()) {
            return "it has closed the line, and runs on";
        }
        int status = exited.getAsInt();
        return status > 128 ? "it was ended by signal " + (status - 128) : "it exited with status " + status;
    }

    private OptionalInt exitStatus() {
        long until = System.nanoTime() + UNTIL_GONE * 1_000_000;
        while (guest.exited().isEmpty() && System.nanoTime() < until) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return guest.exited();
            }
        }
        return guest.exited();
    }

    /// Ends the program in the middle of what it does. Any thread may call, again and again.
    void abort(String why) {
        if (aborted.isEmpty()) {
            aborted = Optional.of(why);
            line.ifPresent(l -> l.sayIfPossible(Codec.write(Door.refusal(Breach.late(why)))));
        }
        line.ifPresent(Line::close);
        guest.kill();
    }

    /// Ends the program, with all that it has started.
    void end() {
        over = true;
        line.ifPresent(Line::close);
        guest.close();
    }

    /// Tells the program to end, and waits until it has.
    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        line.ifPresent(l -> {
            l.sayIfPossible(Codec.write(new End()));
            l.close();
        });
        guest.leave(GRACE);
    }
}
