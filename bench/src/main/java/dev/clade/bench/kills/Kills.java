package dev.clade.bench.kills;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.store.open.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Ends whole processes of `clade run` and `clade resume` with SIGKILL at random moments, from before the first
/// event to the finals, resumes each time at once, and at each end has `clade verify --bytes` prove the experiment.
/// Processes have one to four slots, as it falls. What is synchronous must come out bit by bit as in one slot of a
/// process that nobody killed.
///
/// ```
/// bench/run kills [--moments 200] [--seed 1] [--digits FOLDER]
/// ```
///
/// Members sleep, and every second experiment is synchronous; with `--digits` they are networks on the data of that
/// folder, and all are.
public final class Kills {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SLOTS = 4;

    /// What is trained.
    ///
    /// @param settings an experiment file, with words in capitals for what differs
    /// @param shortest until a process is killed [ms]
    /// @param longest likewise
    /// @param every the number of experiments of which one is synchronous
    public record Workload(String settings, int shortest, int longest, int every) {

        /// Members that sleep 4 ms a step.
        public static final Workload SLEEPERS = new Workload("""
                name: NAME
                metric: score
                population: 6
                budget: {steps: 300}
                ready: {every: 20}
                synchronous: SYNCHRONOUS
                exploit: {truncation: 0.34}
                explore: {perturb: [0.8, 1.25]}
                parameters:
                  gain: {loguniform: [1e-3, 1]}
                trainer: {toy: sleeper, step: 4ms}
                """, 100, 1600, 2);

        /// Small convolutional networks, one tensor thread each.
        ///
        /// @param data the folder of `optdigits.tra` and `optdigits.tes`
        public static Workload digits(Path data) {
            return digits(data, 1);
        }

        /// The same with several members in a program. What they become depends on their neighbours, by roundings:
        /// nothing
        /// is compared with what would have been.
        ///
        /// @param lanes how many
        public static Workload digits(Path data, int lanes) {
            return new Workload(
                    """
                    name: NAME
                    metric: accuracy
                    population: 5
                    budget: {steps: 200}
                    ready: {every: 25}
                    synchronous: SYNCHRONOUS
                    exploit: {truncation: 0.4}
                    explore: {perturb: [0.8, 1.25]}
                    final: {candidates: 2, repeats: 1}
                    parameters:
                      lr:      {loguniform: [1e-3, 1]}
                      dropout: {uniform: [0, 0.5], size: 3}
                    trainer: {zoo: digits, data: DATA, batch: 16, lanes: LANES}
                    """.replace("DATA", "'" + data.toAbsolutePath() + "'").replace("LANES", Integer.toString(lanes)),
                    1500,
                    4500,
                    lanes == 1 ? 1 : Integer.MAX_VALUE);
        }
    }

    private final Path folder;
    private final Workload workload;
    private final RandomGenerator random;
    private final List<Duration> recoveries = new ArrayList<>();
    private int kills;
    private int experiments;

    /// What came of it.
    ///
    /// @param recoveries from the start of the resuming process to the first event of a member that was lost
    public record Result(int kills, int experiments, List<Duration> recoveries) {
        public Result {
            recoveries = recoveries.stream().sorted().toList();
        }

        /// @param part from 0 to 1
        Duration quantile(double part) {
            return recoveries.get((int) Math.min(recoveries.size() - 1L, Math.round(part * (recoveries.size() - 1))));
        }
    }

    /// @param folder where experiments are kept
    public Kills(Path folder, Workload workload, long seed) {
        this.folder = folder;
        this.workload = workload;
        this.random = Randomness.keyed(seed, 0, 0).of("kills");
    }

    public static void main(String[] words) throws IOException, InterruptedException {
        var options = Arrays.asList(words);
        var folder = Files.createTempDirectory("kills");
        int data = options.indexOf("--digits");
        var workload = data < 0 ? Workload.SLEEPERS : Workload.digits(Path.of(options.get(data + 1)));
        var result =
                new Kills(folder, workload, option(options, "--seed", 1)).run((int) option(options, "--moments", 200));
        System.out.printf(
                "%d kills in %d experiments: every one verified, every synchronous one as if nobody had been killed%n",
                result.kills(), result.experiments());
        System.out.printf(
                "resume to lost member running again: p50 %d ms, p99 %d ms, of %d%n",
                result.quantile(0.5).toMillis(),
                result.quantile(0.99).toMillis(),
                result.recoveries().size());
    }

    private static long option(List<String> words, String name, long otherwise) {
        int at = words.indexOf(name);
        return at < 0 ? otherwise : Long.parseLong(words.get(at + 1));
    }

    /// Kills this often.
    ///
    /// @throws IllegalStateException if something was lost
    public Result run(int moments) throws IOException, InterruptedException {
        while (kills < moments) {
            experiment(moments);
        }
        return new Result(kills, experiments, recoveries);
    }

    /// One experiment from its beginning to its proof.
    private void experiment(int moments) throws IOException, InterruptedException {
        var name = "experiment-" + experiments;
        boolean synchronous = experiments % workload.every() == workload.every() - 1;
        var file = Files.writeString(folder.resolve(name + ".yaml"), settings(name, synchronous));
        while (true) {
            var began = Instant.now();
            var process = started(name, file);
            if (kills < moments && !process.waitFor(moment(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor();
                kills++;
                recovered(name, began);
                continue;
            }
            ended(process, name);
            recovered(name, began);
            break;
        }
        ended(clade("verify", name, "--bytes", "--store", store()), name);
        if (synchronous) {
            undisturbed(name);
        }
        experiments++;
    }

    private int moment() {
        return random.nextInt(workload.shortest(), workload.longest());
    }

    private Process started(String name, Path file) throws IOException {
        var slots = Integer.toString(random.nextInt(1, SLOTS + 1));
        return known(name)
                ? clade("resume", name, "--store", store(), "--to", results(name), "--slots", slots)
                : clade("run", file.toString(), "--store", store(), "--to", results(name), "--slots", slots);
    }

    private void undisturbed(String name) throws IOException, InterruptedException {
        var calm = name + "-calm";
        var file = folder.resolve(name + ".yaml").toString();
        var run = clade("run", file, "--name", calm, "--store", store(), "--to", results(calm), "--slots", "1");
        ended(run, calm);
        var killed = decisions(population(name));
        var expected = decisions(population(calm));
        if (!killed.equals(expected)) {
            throw new IllegalStateException(
                    name + " decided otherwise than a run that nobody killed:\n" + killed + "\nand not\n" + expected);
        }
    }

    /// What was decided and what came of it, whoever did it and when.
    private static List<String> decisions(Population population) {
        return population.members().stream()
                .flatMap(m -> m.segments().stream())
                .map(s -> s.member() + "/" + s.index() + ": " + s.values() + ", "
                        + s.source().from().map(p -> p.checkpoint()) + ", "
                        + s.pair().map(p -> p.checkpoint() + " " + p.evaluation()))
                .toList();
    }

    // ---- processes

    private Process clade(String... words) throws IOException {
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.clade.app.cli.Main"),
                        Arrays.stream(words))
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.txt").toFile()))
                .start();
    }

    private void ended(Process process, String name) throws IOException, InterruptedException {
        boolean inTime = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!inTime || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(name
                    + (inTime ? " failed:\n" : " does not end:\n")
                    + Files.readString(folder.resolve("output.txt")));
        }
    }

    private String store() {
        return "sqlite:///" + folder.resolve("clade.db").toAbsolutePath();
    }

    private String results(String name) {
        return folder.resolve("results").resolve(name).toString();
    }

    // ---- what is in the store

    private boolean known(String name) {
        if (!Files.exists(folder.resolve("clade.db"))) {
            return false;
        }
        try (var store = Stores.open(store(), folder)) {
            return store.experiments().stream().anyMatch(e -> e.name().equals(name));
        }
    }

    private List<Entry> entries(String name) {
        try (var store = Stores.open(store(), folder)) {
            return store.open(name).orElseThrow().log().after(0, Integer.MAX_VALUE);
        }
    }

    private Population population(String name) {
        return Population.of(entries(name));
    }

    /// If a process that began then has taken over a member that was lost, how long that took.
    private void recovered(String name, Instant began) {
        if (known(name)) {
            entries(name).stream()
                    .filter(e -> e.at().isAfter(began) && e.event() instanceof Event.MemberRecovered)
                    .findFirst()
                    .ifPresent(e -> recoveries.add(Duration.between(began, e.at())));
        }
    }

    private String settings(String name, boolean synchronous) {
        return workload.settings().replace("NAME", name).replace("SYNCHRONOUS", Boolean.toString(synchronous));
    }
}
