package dev.clade.run.session;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/// One line of the protocol, version 1.
sealed interface Message {

    /// What Clade says.
    sealed interface FromClade extends Message {}

    /// What the program says.
    sealed interface FromProgram extends Message {}

    /// An answer of one lane to what was asked.
    sealed interface Answer extends FromProgram {
        int lane();
    }

    // ---- Clade

    /// @param lanes how many are used
    /// @param metrics those that evaluations must have
    record Welcome(
            int protocol,
            String clade,
            String experiment,
            int slot,
            int lanes,
            List<String> metrics,
            String unit,
            SortedMap<String, Parameter.Change> parameters)
            implements FromClade {}

    /// A request for one lane. All but the last of a batch say that there is more.
    sealed interface Request extends FromClade {
        int lane();
    }

    /// @param rebuild whether new objects are to be made
    record Begin(
            int lane,
            int member,
            int segment,
            From from,
            long seed,
            Asked asked,
            boolean rebuild,
            long step,
            long lineage)
            implements Request {}

    /// The values to put in force, and which of them differ from what the weights were trained under.
    record Asked(Hyperparameters values, SortedSet<String> changed) {}

    /// Where the weights come from: the word, with what belongs to it.
    ///
    /// @param blend shares of the saved and of new weights
    /// @param lane another one of this program
    record From(String origin, Optional<Path> folder, Optional<Shares> blend, OptionalInt lane) {}

    /// @param keep of the saved weights
    /// @param fresh of new ones
    record Shares(double keep, double fresh) {}

    /// @param steps how many, or until `stop`
    /// @param step the member's own, at the beginning
    record Train(int lane, OptionalLong steps, long step) implements Request {}

    record Evaluate(int lane, long seed, String purpose) implements Request {}

    record Save(int lane, Path folder) implements Request {}

    /// @param folder where pictures go
    record Draw(int lane, Path folder, long seed) implements Request {}

    record Stop() implements FromClade {}

    record End() implements FromClade {}

    /// What was wrong with the program, in the words of a fault.
    record Refusal(int code, String what, String found, String expected, String mend) implements FromClade {}

    // ---- the program

    /// @param lanes how many members it can train as one program
    record Hello(List<Integer> protocol, String token, String program, SortedSet<String> capabilities, int lanes)
            implements FromProgram {}

    /// @param values as they were said: what they are depends on what was asked for ([Receipts])
    record Applied(int lane, SortedMap<String, JsonNode> values) implements Answer {}

    record Trained(int lane, long steps) implements Answer {}

    record Evaluated(int lane, SortedMap<String, List<Double>> metrics) implements Answer {}

    record Saved(int lane) implements Answer {}

    record Drawn(int lane) implements Answer {}

    /// @param lane none: all of the batch
    record Failed(OptionalInt lane, Kind kind, String what) implements FromProgram {}

    /// How a lane failed.
    enum Kind {
        THREW,
        DIVERGED,
        QUIT
    }

    /// A measurement on the way, or progress alone.
    record Report(int lane, long step, SortedMap<String, Double> metrics) implements FromProgram {}

    /// An evaluation on the way.
    record Midway(int lane, long step, SortedMap<String, List<Double>> metrics) implements FromProgram {}

    record Alive() implements FromProgram {}
}
