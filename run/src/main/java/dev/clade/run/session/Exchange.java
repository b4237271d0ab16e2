package dev.clade.run.session;

import dev.clade.fault.Fault;
import dev.clade.run.session.Message.Answer;
import dev.clade.run.session.Message.Failed;
import dev.clade.run.session.Message.FromProgram;
import dev.clade.run.session.Message.Hello;
import dev.clade.run.session.Message.Midway;
import dev.clade.run.session.Message.Report;
import dev.clade.run.session.Message.Request;
import dev.clade.trainer.LanesFailed;
import dev.clade.trainer.TrainingFailed;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A batch of requests, one a lane, with the answers to it.
class Exchange<A extends Answer> {

    private final Conversation talk;
    private final List<? extends Request> batch;
    private final Class<A> kind;
    private final SortedSet<Integer> pending = new TreeSet<>();
    private final SortedMap<Integer, A> answers = new TreeMap<>();
    private final SortedMap<Integer, TrainingFailed> failures = new TreeMap<>();
    private Optional<TrainingFailed> failed = Optional.empty();

    Exchange(Conversation talk, List<? extends Request> batch, Class<A> kind) {
        this.talk = talk;
        this.batch = batch;
        this.kind = kind;
    }

    /// Asks, and waits for the answers of all lanes.
    ///
    /// @throws LanesFailed where the program has named lanes that have failed, and others have not
    /// @throws TrainingFailed where all of it has failed
    SortedMap<Integer, A> made() {
        batch.forEach(request -> pending.add(request.lane()));
        try {
            talk.say(batch);
            while (!pending.isEmpty()) {
                take(talk.hear(this::meanwhile)).ifPresent(fault -> {
                    throw talk.breach(fault);
                });
            }
        } catch (RuntimeException e) {
            talk.end(); // what still came would be taken for answers to what is asked next
            throw e;
        }
        failed.ifPresent(f -> {
            throw answers.isEmpty() || failures.isEmpty() ? f : new LanesFailed(failures);
        });
        return answers;
    }

    /// @return what is wrong with it
    private Optional<Fault> take(FromProgram message) {
        return switch (message) {
            case Message.Alive alive -> Optional.empty();
            case Report report -> reported(report);
            case Midway midway -> measured(midway);
            case Failed failure -> failed(failure);
            case Hello hello -> unasked("a second hello");
            case Answer answer -> answered(answer);
        };
    }

    private Optional<Fault> answered(Answer answer) {
        if (!kind.isInstance(answer) || !pending.remove(answer.lane())) {
            return unasked(word(answer.getClass()) + " of lane " + answer.lane());
        }
        answers.put(answer.lane(), kind.cast(answer));
        return done(kind.cast(answer));
    }

    private Optional<Fault> failed(Failed failure) {
        var what = new TrainingFailed(kind(failure.kind()), failure.what());
        if (failure.lane().isEmpty()) {
            pending.clear();
            failures.clear();
            answers.clear();
        } else {
            int lane = failure.lane().getAsInt();
            if (!pending.remove(lane)) {
                return unasked("failed of lane " + lane);
            }
            failures.put(lane, what);
        }
        failed = failed.or(() -> Optional.of(what));
        return Optional.empty();
    }

    private Optional<Fault> unasked(String found) {
        return Optional.of(Breach.unasked(found, word(kind) + " of lanes " + pending));
    }

    private static String word(Class<?> type) {
        return type.getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    private static TrainingFailed.Kind kind(Message.Kind kind) {
        return switch (kind) {
            case THREW -> TrainingFailed.Kind.THREW;
            case DIVERGED -> TrainingFailed.Kind.DIVERGED;
            case QUIT -> TrainingFailed.Kind.QUIT;
        };
    }

    /// The lanes that have not answered yet.
    SortedSet<Integer> pending() {
        return pending;
    }

    Conversation talk() {
        return talk;
    }

    /// While it waits, at least every 50 ms.
    void meanwhile() {}

    /// A measurement: of nothing that trains, unless it is a batch of training.
    Optional<Fault> reported(Report report) {
        return Optional.empty();
    }

    Optional<Fault> measured(Midway midway) {
        return Optional.empty();
    }

    /// A lane's answer.
    Optional<Fault> done(A answer) {
        return Optional.empty();
    }
}
