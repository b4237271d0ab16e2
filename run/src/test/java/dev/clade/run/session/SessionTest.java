package dev.clade.run.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.run.process.Words;
import dev.clade.run.session.Message.Report;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter.Change;
import dev.clade.space.Value;
import dev.clade.trainer.Capability;
import dev.clade.trainer.LanesFailed;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.TrainingFailed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A session against programs that are played line by line.
class SessionTest {

    private static final Terms TERMS =
            new Terms("e", List.of("q"), "step", new TreeMap<>(Map.of("x", Change.LIVE, "layers", Change.REBUILD)));

    private static final String HELLO =
            "{'type':'hello','protocol':[1],'token':'%s','program':'p','capabilities':[%s]," + "'lanes':%d}";

    /// What a program does once it is welcome.
    @FunctionalInterface
    private interface Part {
        void plays(Peer peer) throws IOException;
    }

    private static String json(String single) {
        return single.replace('\'', '"');
    }

    private static String hello(String capabilities, int lanes) {
        return json(HELLO.formatted(Played.TOKEN, capabilities, lanes));
    }

    private static Session session(Claim claim, int width, String hello, Part part) {
        return new Session(
                TERMS,
                claim,
                new Played(socket -> {
                    try (var peer = new Peer(socket)) {
                        peer.says(hello);
                        peer.hears();
                        part.plays(peer);
                    } catch (IOException e) {
                        // it was sent away
                    }
                }),
                0,
                width);
    }

    private static Session session(Part part) {
        return session(Claim.NOTHING, 1, hello("", 1), part);
    }

    private static Start start(Origin origin, double x, long layers) {
        return new Start(
                origin,
                7L << 11,
                new Hyperparameters(new TreeMap<>(Map.of("x", new Value.Real(x), "layers", new Value.Whole(layers)))),
                new TreeSet<>());
    }

    private static <T> SortedMap<Integer, T> lane(T value) {
        return new TreeMap<>(Map.of(0, value));
    }

    private static void begins(Session session) throws IOException {
        session.begin(lane(start(new Origin.Fresh(), 0.5, 2)));
    }

    private static void applied(Peer peer) throws IOException {
        peer.hears();
        peer.says(json("{'type':'applied','lane':0,'hyperparameters':{'x':0.5,'layers':2}}"));
    }

    @Test
    void aReceipt_hasTheTypesThatWereAskedFor_andSaysWhatIsMissing() throws IOException {
        try (var session = session(peer -> {
            peer.hears();
            peer.says(json("{'type':'applied','lane':0,'hyperparameters':{'x':1,'layers':2.0,'other':{'deep':[]}}}"));
            peer.hears();
            peer.says(json("{'type':'applied','lane':0,'hyperparameters':{'x':'NaN','layers':null}}"));
            peer.hears();
        })) {
            assertThat(session.begin(lane(start(new Origin.Fresh(), 1, 2))).get(0))
                    .hasToString("layers=2 x=1.0");
            assertThat(session.begin(lane(start(new Origin.Fresh(), 1, 2))).get(0))
                    .hasToString("x=NaN");
        }
    }

    @Test
    void aReceipt_mayBeSilent_whereReceiptsAreOptional() throws IOException {
        try (var session = session(new Claim(Set.of(), 1, true), 1, hello("", 1), peer -> {
            peer.hears();
            peer.says(json("{'type':'applied','lane':0,'hyperparameters':{'layers':3}}"));
            peer.hears();
            peer.says(json("{'type':'applied','lane':0,'hyperparameters':{'x':null}}"));
            peer.hears();
        })) {
            assertThat(session.begin(lane(start(new Origin.Fresh(), 1, 2))).get(0))
                    .hasToString("layers=3 x=1.0");
            assertThat(session.begin(lane(start(new Origin.Fresh(), 1, 2))).get(0))
                    .hasToString("layers=2");
        }
    }

    @Test
    void newObjects_areAskedForWhenWhatTheyAreBuiltFromChanges() throws IOException {
        var heard = new java.util.concurrent.LinkedBlockingQueue<String>();
        try (var session = session(peer -> {
            for (var begin = peer.hears(); begin.contains("begin"); begin = peer.hears()) {
                heard.add(begin);
                peer.says(json("{'type':'applied','lane':0,'hyperparameters':{}}"));
            }
        })) {
            var folder = Path.of("/f");
            session.begin(lane(start(new Origin.Copy(folder), 0.5, 2)));
            session.begin(lane(start(new Origin.Copy(folder), 0.7, 2)));
            session.begin(lane(start(new Origin.Copy(folder), 0.7, 3)));
            session.begin(lane(start(new Origin.Keep(), 0.9, 3)));
            session.begin(lane(start(new Origin.Fresh(), 0.9, 3)));

            assertThat(heard.stream().map(h -> h.contains("\"rebuild\":true")))
                    .containsExactly(true, false, true, false, true);
            assertThat(session.keeps(new TreeSet<>(Set.of("x")))).isTrue();
            assertThat(session.keeps(new TreeSet<>(Set.of("layers")))).isFalse();
        }
    }

    @Test
    void aLaneThatNobodyWasInYet_hasTheObjectsOfTheOthers() throws IOException {
        var heard = new java.util.concurrent.LinkedBlockingQueue<String>();
        var claim = new Claim(Set.of(Capability.LANES), 3);
        try (var session = session(claim, 3, hello("'lanes'", 3), peer -> {
            for (int lane = 0; lane < 3; lane++) {
                heard.add(peer.hears());
                peer.says(json("{'type':'applied','lane':%d,'hyperparameters':{}}".formatted(lane)));
            }
            peer.hears();
        })) {
            session.begin(new TreeMap<>(Map.of(0, start(new Origin.Copy(Path.of("/f")), 0.5, 2))));
            session.begin(new TreeMap<>(Map.of(1, start(new Origin.Lane(0), 0.5, 2))));
            session.begin(new TreeMap<>(Map.of(2, start(new Origin.Copy(Path.of("/f")), 0.5, 2))));

            assertThat(heard.stream().map(h -> h.contains("\"rebuild\":true"))).containsExactly(true, false, false);
        }
    }

    @Test
    void aProgramThatLacksWhatIsClaimed_isRefusedByName() {
        var claim = new Claim(Set.of(Capability.MIDWAY, Capability.BLEND), 1);
        try (var session = session(claim, 1, hello("'midway'", 1), Peer::hears)) {
            assertThatThrownBy(() -> begins(session))
                    .hasMessageStartingWith("CLADE-3509 ")
                    .hasMessageContaining("Expected: blend among them");
        }
    }

    @Test
    void measurementsAndSamples_mayBeNoNumbers() throws IOException {
        try (var session = session(peer -> {
            applied(peer);
            peer.hears();
            peer.says(json("{'type':'alive'}"));
            peer.says(json("{'type':'report','lane':0,'step':1,'metrics':{'loss':'NaN'},'new in 2':[[1]]}"));
            peer.says(json("{'type':'midway','lane':0,'step':2,'metrics':{'q':[1,2]}}"));
            peer.says(json("{'type':'report','lane':0,'step':2}"));
            peer.says(json("{'type':'report','lane':0,'step':2,'metrics':{'loss':1" + "0".repeat(400) + "}}"));
            peer.says(json("{'type':'trained','lane':0,'steps':2}"));
            peer.hears();
            peer.says(json("{'type':'evaluated','lane':0,'metrics':{'q':[1,'Infinity']}}"));
            peer.hears();
        })) {
            begins(session);
            var stretch = Steps.of(2);
            session.train(lane(stretch));
            assertThat(stretch.reports).containsExactly("loss@1=NaN", "q@2=1.5", "loss@2=Infinity");
            assertThat(session.evaluate(lane(1L)).get(0).metrics())
                    .hasToString("{q=Diverged[what=a sample is Infinity]}");
        }
    }

    @Test
    void aProgramThatIsGone_hasNothingInHand_andIsStartedAgain() throws IOException {
        try (var session = session(SessionTest::applied)) {
            begins(session);
            awaitUntil(() -> !session.keeps(new TreeSet<>()));

            assertThatThrownBy(() -> session.begin(lane(start(new Origin.Keep(), 0.5, 2))))
                    .isInstanceOfSatisfying(
                            TrainingFailed.class, e -> assertThat(e.kind()).isEqualTo(TrainingFailed.Kind.EXITED))
                    .hasMessageStartingWith("CLADE-3506 ");
            assertThat(session.holds(0)).isFalse();
            assertThat(session.begin(lane(start(new Origin.Resume(Path.of("/f")), 0.5, 2))))
                    .isNotEmpty();
        }
    }

    @Test
    void whatWentWithAProgram_isNotInHandOfTheNextOne() throws IOException {
        var claim = new Claim(Set.of(Capability.LANES), 2);
        try (var session = session(claim, 2, hello("'lanes'", 2), peer -> {
            boolean again = peer.hears().contains("'lane':0".replace('\'', '"'));
            peer.says(json("{'type':'applied','lane':%d,'hyperparameters':{}}".formatted(again ? 0 : 1)));
            if (again) {
                peer.hears();
            }
        })) {
            session.begin(new TreeMap<>(Map.of(1, start(new Origin.Fresh(), 0.5, 2))));
            awaitUntil(() -> !session.holds(1));

            session.begin(new TreeMap<>(Map.of(0, start(new Origin.Fresh(), 0.5, 2))));

            assertThat(session.holds(0)).isTrue();
            assertThat(session.holds(1)).isFalse();
        }
    }

    private static void awaitUntil(java.util.function.BooleanSupplier what) {
        assertThat(dev.clade.run.process.Processes.comes(what)).isTrue();
    }

    @Test
    void whatHangs_comesBackWhenItIsAborted_fromAnotherThread() throws Exception {
        var hangs = new CompletableFuture<Boolean>();
        try (var session = session(peer -> {
            applied(peer);
            peer.hears();
            hangs.complete(true);
            peer.hears();
            peer.hears();
        })) {
            begins(session);
            var training = CompletableFuture.runAsync(() -> session.train(lane(Steps.of(5))));
            hangs.get(10, TimeUnit.SECONDS);

            assertThat(session.abort("no answer within 1 s")).isTrue();

            assertThatThrownBy(() -> training.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(TrainingFailed.class)
                    .hasMessageStartingWith("CLADE-3507 ")
                    .hasMessageContaining("no answer within 1 s");
            begins(session);
        }
    }

    @Test
    void nobodyWhoComes_isWaitedForUntilItIsAborted() throws Exception {
        var waits = new CompletableFuture<Path>();
        try (var session = new Session(TERMS, Claim.NOTHING, new Played(waits::complete), 0, 1)) {
            var begun = CompletableFuture.runAsync(() -> {
                try {
                    begins(session);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            var socket = waits.get(10, TimeUnit.SECONDS);
            session.abort("no answer within 2 s");

            assertThatThrownBy(() -> begun.get(10, TimeUnit.SECONDS))
                    .cause()
                    .hasMessageStartingWith("CLADE-3501 ")
                    .hasMessageContaining("no answer within 2 s");
            assertThat(socket).doesNotExist();
            assertThat(socket.getParent()).doesNotExist();
        }
    }

    @Test
    void theSocket_isInAFolderThatOnlyThisUserCanEnter() throws IOException {
        var seen = new AtomicReference<>("");
        var path = new AtomicReference<>(Path.of(""));
        try (var session = new Session(
                TERMS,
                Claim.NOTHING,
                new Played(socket -> {
                    try (var peer = new Peer(socket)) {
                        path.set(socket);
                        seen.set(Files.getPosixFilePermissions(socket.getParent()) + " "
                                + Files.getPosixFilePermissions(socket));
                        peer.says(hello("", 1));
                        peer.hears();
                        applied(peer);
                        peer.hears();
                    } catch (IOException e) {
                        seen.set(e.toString());
                    }
                }),
                0,
                1)) {
            begins(session);
            assertThat(seen.get())
                    .doesNotContain("GROUP")
                    .doesNotContain("OTHERS")
                    .contains("OWNER_READ");
            assertThat(path.get().getParent()).doesNotExist();
        }
    }

    @Test
    void lanes_answerInAnyOrder_andOneThatFailsLeavesTheOthersAlone() throws IOException {
        var claim = new Claim(Set.of(Capability.LANES), 2);
        var after = new AtomicReference<>("");
        try (var session = session(claim, 2, hello("'lanes'", 2), peer -> {
            peer.hears();
            peer.hears();
            peer.says(json("{'type':'applied','lane':1,'hyperparameters':{}}"));
            peer.says(json("{'type':'applied','lane':0,'hyperparameters':{}}"));
            peer.hears();
            peer.hears();
            peer.says(json("{'type':'failed','lane':0,'kind':'diverged','what':'loss is NaN'}"));
            peer.says(json("{'type':'trained','lane':1,'steps':9}"));
            after.set(peer.hears());
            peer.hears();
            peer.says(json("{'type':'failed','kind':'threw','what':'no memory'}"));
            peer.hears();
        })) {
            var starts = new TreeMap<Integer, Start>();
            starts.put(0, start(new Origin.Fresh(), 0.5, 2));
            starts.put(1, start(new Origin.Fresh(), 0.6, 2));
            session.begin(starts);
            var stretches = new TreeMap<Integer, Stretch>();
            stretches.put(0, Steps.of(5));
            stretches.put(1, Steps.of(9));

            assertThatThrownBy(() -> session.train(stretches)).isInstanceOfSatisfying(LanesFailed.class, e -> {
                assertThat(e.lanes()).containsOnlyKeys(0);
                assertThat(e.lanes().get(0).kind()).isEqualTo(TrainingFailed.Kind.DIVERGED);
                assertThat(e.lanes().get(0)).hasMessage("loss is NaN");
            });
            assertThat(((Steps) stretches.get(1)).granted()).isEqualTo(9);

            assertThatThrownBy(() -> session.evaluate(new TreeMap<>(Map.of(0, 1L, 1, 1L))))
                    .isInstanceOf(TrainingFailed.class)
                    .hasMessage("no memory");
            assertThat(after.get()).contains("evaluate").doesNotContain("stop");
        }
    }

    @Test
    void aLineOfAGigabyte_isRefused_andHardlyAnyOfItIsKept() throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var session = session(peer -> {
            applied(peer);
            peer.hears();
            peer.raw("x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8), 1 << 14);
        })) {
            begins(session);
            long before = threads.getCurrentThreadAllocatedBytes();

            assertThatThrownBy(() -> session.train(lane(Steps.of(5))))
                    .hasMessageStartingWith("CLADE-3503 a line is longer than 1 MiB.");

            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8L << 20);
        }
    }

    @Test
    void whatIsNoMessage_isSaidSo() {
        for (var wrong : List.of(
                "",
                "[]",
                "{}",
                "{'type':7}",
                "{'type':'report','lane':0,'step':1,'step':2}",
                "{'type':'report','lane':0,'step':1.5}",
                "{'type':'report','lane':0,'step':-1}",
                "{'type':'report','lane':0,'step':9007199254740992}",
                "{'type':'report','lane':0,'step':1,'metrics':{'loss':'big'}}",
                "{'type':'evaluated','lane':0,'metrics':{'q':[]}}",
                "{'type':'failed','kind':'sad','what':'x'}",
                "{'type':'saved'}",
                "{'type':'alive'} {}",
                "{'type':'alive','x':" + "[".repeat(16) + "]".repeat(16) + "}",
                "{'type':'alive',}")) {
            var bytes = json(wrong).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Codec.read(bytes, 0, bytes.length))
                    .as(wrong)
                    .hasMessageStartingWith("CLADE-3503 ");
        }
        var latin = "{\"type\":\"alive\",\"x\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Codec.read(latin, 0, latin.length)).hasMessageStartingWith("CLADE-3503 ");
        var deep = json("{'type':'alive','x':" + "[".repeat(15) + "]".repeat(15) + "}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Codec.read(deep, 0, deep.length)).isEqualTo(new Message.Alive());
        var whole = json("{'type':'report','lane':0,'step':3.0,'metrics':{'l':-Infinity}}"
                        .replace("-Infinity", "'-Infinity'"))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Codec.read(whole, 0, whole.length))
                .isEqualTo(new Report(0, 3, new TreeMap<>(Map.of("l", Double.NEGATIVE_INFINITY))));
    }

    @Test
    void thePieces_inWhichLinesCome_doNotMatter() throws IOException {
        var stretch = Steps.of(200);
        try (var session = session(peer -> {
            applied(peer);
            peer.hears();
            var all = new StringBuilder();
            for (int i = 1; i <= 200; i++) {
                all.append(json("{'type':'report','lane':0,'step':" + i + ",'metrics':{'l':" + i + "}}"))
                        .append('\n');
            }
            all.append(json("{'type':'trained','lane':0,'steps':200,'x':'" + "y".repeat(900_000) + "'}"))
                    .append('\n');
            var bytes = all.toString().getBytes(StandardCharsets.UTF_8);
            for (int at = 0, size = 1; at < bytes.length; at += size, size = size * 3 % 40_009 + 1) {
                peer.raw(java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)), 1);
            }
            peer.hears();
        })) {
            begins(session);
            session.train(lane(stretch));
        }
        assertThat(stretch.granted()).isEqualTo(200);
        assertThat(stretch.reports).hasSize(200);
    }

    @Test
    void commands_areSplitIntoWords_withNoShell() {
        assertThat(Words.of(dev.clade.settings.Setting.word("python  train.py --name 'a b' --x=\"$HOME\" ''")))
                .containsExactly("python", "train.py", "--name", "a b", "--x=$HOME", "");
        assertThatThrownBy(() -> Words.of(dev.clade.settings.Setting.word("python 'train.py")))
                .hasMessageContaining("CLADE-1450 ")
                .hasMessageContaining("a ' that is not closed");
    }

    @Test
    void abortBeforeAnything_isNoError() {
        try (var session = session(SessionTest::applied)) {
            assertThat(session.abort("late")).isTrue();
        }
    }
}
