package dev.clade.run.session;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.run.process.Environment;
import dev.clade.run.process.Program;
import dev.clade.run.process.Words;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.Trainers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// `trainer: {session: [python, train.py], capabilities: [midway, lanes], lanes: 8}`: a program in any language,
/// started
/// once a slot and kept warm. Its words are a list, or one text that is split into words, without a shell. It runs in
/// the
/// folder of the experiment file.
public final class SessionTrainers implements Trainers {

    private static final String WORD = "session";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(List.of("[PROGRAM, ...]"));
    }

    /// @throws Fault 1420: it must be known for which experiment
    @Override
    public Trainer.Factory read(Setting.Mapping settings, Path folder) {
        throw unknownExperiment(settings);
    }

    static Fault unknownExperiment(Setting.Mapping settings) {
        return new Fault(
                1420,
                settings.place() + " a session must be told of its experiment.",
                "settings of a trainer alone.",
                "the whole experiment.",
                "read it with the experiment's settings.");
    }

    @Override
    public Trainer.Factory read(Setting.Mapping settings, Path folder, Setting.Mapping experiment) {
        var fields = Fields.of(settings, "the trainer 'session'");
        var program = fields.need(WORD);
        var argv = Words.of(program);
        var claim = Claim.read(fields);
        fields.end();
        var specification = Specification.read(experiment);
        var terms = Terms.of(specification);
        alike(claim, terms, settings);
        installed(program, new Program(argv, folder, Environment.of(specification, Place.ANYWHERE)));
        return new Programs(specification, terms, claim, argv, folder);
    }

    private static void installed(Setting setting, Program program) {
        try {
            program.executable();
        } catch (Fault fault) {
            throw new Fault(1421, setting.place() + " " + fault.what(), fault.found(), fault.expected(), fault.mend());
        }
    }

    /// Lanes exchange weights in place, so that all must be built alike.
    static void alike(Claim claim, Terms terms, Setting.Mapping settings) {
        if (claim.lanes() > 1 && !terms.structure().isEmpty()) {
            throw new Fault(
                    1424,
                    settings.place() + " lanes are built alike, and these parameters build each member its own way.",
                    String.join(", ", terms.structure()) + ", with change: rebuild or never, and lanes: "
                            + claim.lanes() + ".",
                    "only parameters with change: live.",
                    "take 'lanes' out, or fix these parameters in the program.");
        }
    }

    /// The trainers of an experiment: a program for each slot.
    private record Programs(Specification specification, Terms terms, Claim claim, List<String> argv, Path folder)
            implements OfPrograms {

        @Override
        public Set<Capability> capabilities() {
            return claim.capabilities();
        }

        private SortedMap<String, String> environment(Place place) {
            return Environment.of(specification, place);
        }

        @Override
        public SortedSet<String> variables(Place place) {
            var names = new TreeSet<>(environment(place).keySet());
            names.addAll(Started.VARIABLES);
            return names;
        }

        @Override
        public Trainer create(Place place) {
            return new Solo(session(place, 1));
        }

        @Override
        public Lanes lanes(Place place) {
            return session(place, claim.lanes());
        }

        private Session session(Place place, int width) {
            var host = new Started(argv, folder, environment(place), place);
            return new Session(terms, claim, host, place.slot(), width);
        }
    }
}
