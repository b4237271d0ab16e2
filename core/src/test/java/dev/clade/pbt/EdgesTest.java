package dev.clade.pbt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Decision;
import dev.clade.population.Decision.Stop;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Failure.Kind;
import dev.clade.population.MemberId;
import dev.clade.population.Specification;
import dev.clade.population.Story;
import dev.clade.tune.Decider;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Small populations and odd shares, as `docs/edges.md` defines them.
class EdgesTest {

    private static final String NOBODY = "nobody";

    private static Decision decide(Story story, int who) {
        var decider = new Decider(new PbtReader().read(story.now().specification()));
        return ((Event.Decided) decider.decide(story.now(), new MemberId(who))).decision();
    }

    /// Member 0 is the best, then 1, and so on.
    private static Story falling(int members, String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add("population: " + members);
        var story = Story.enrolled(all.toArray(String[]::new));
        for (int i = 0; i < members; i++) {
            story.trains(i, "x=0.5", 10).finishes(i, -i);
        }
        return story;
    }

    private static boolean copies(Decision decision) {
        return decision instanceof Train train && train.weights() instanceof Weights.Of;
    }

    /// `2-4`, or `nobody`.
    private static String range(TreeSet<Integer> members) {
        if (members.isEmpty()) {
            return NOBODY;
        }
        assertThat(members).hasSize(members.last() - members.first() + 1);
        return members.first().equals(members.last())
                ? String.valueOf(members.first())
                : members.first() + "-" + members.last();
    }

    @ParameterizedTest(name = "{0} members, fraction {1}: {2} copy {3}")
    @CsvSource({
        "1,   0,     nobody, nobody",
        "1,   0.2,   nobody, nobody",
        "1,   0.5,   nobody, nobody",
        "2,   0,     nobody, nobody",
        "2,   1e-12, 1,      0",
        "2,   0.2,   1,      0",
        "2,   0.5,   1,      0",
        "3,   0,     nobody, nobody",
        "3,   0.2,   2,      0",
        "3,   0.3333333333333333, 2, 0",
        "3,   0.5,   2,      0",
        "4,   0.25,  3,      0",
        "4,   0.26,  2-3,    0-1",
        "4,   0.5,   2-3,    0-1",
        "5,   0,     nobody, nobody",
        "5,   0.2,   4,      0",
        "5,   0.21,  3-4,    0-1",
        "5,   0.5,   3-4,    0-1",
        "7,   0.14285714285714285, 6, 0",
        "8,   0.2,   6-7,    0-1",
        "10,  0.1,   9,      0",
        "10,  0.5,   5-9,    0-4",
        "15,  0.06666666666666667, 14, 0",
        "16,  0.2,   12-15,  0-3",
        "100, 0.07,  93-99,  0-6"
    })
    void truncation_ofFewMembersAndOddShares(int members, double fraction, String recipients, String donors) {
        var receiving = new TreeSet<Integer>();
        var giving = new TreeSet<Integer>();
        for (int seed = 0; seed < 40; seed++) {
            var story = falling(members, "exploit: {truncation: " + fraction + "}", "seed: " + seed);
            IntStream.range(0, members)
                    .filter(who -> copies(decide(story, who)))
                    .forEach(who -> {
                        receiving.add(who);
                        giving.add(((Weights.Of) ((Train) decide(story, who)).weights())
                                .donor()
                                .index());
                    });
        }

        assertThat(range(receiving)).isEqualTo(recipients);
        assertThat(range(giving)).isEqualTo(donors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{truncation: 0.5}", "t_test", "binary_tournament", "tournament", "{margin: 0}", "none"})
    void oneMember_copiesNobody_andTrainsToItsBudget(String exploit) {
        var story = falling(1, "exploit: " + exploit, "budget: {steps: 20}", "ready: {every: 10}");
        assertThat(((Train) decide(story, 0)).weights()).isEqualTo(new Weights.Own());

        story.trains(0, "x=0.5", 20).finishes(0, 1);
        assertThat(decide(story, 0)).isInstanceOf(Stop.class);
    }

    @ParameterizedTest
    @CsvSource({"tournament, 2", "{tournament: {}}, 2", "{tournament: {generations: 1}}, 1"})
    void tournament_isReadWithItsGenerations(String exploit, int generations) {
        var pbt = PbtReader.pbt(Story.enrolled("exploit: " + exploit).now().specification());
        assertThat(pbt.exploit()).isEqualTo(new Exploit.Tournament(generations));
    }

    @Test
    void oneMemberThatDiverges_beginsAnew() {
        var story = falling(1).trains(0, "x=0.5", 20).fails(0, Kind.DIVERGED);

        assertThat(((Train) decide(story, 0)).because().rule()).isEqualTo("begun anew");
    }

    @Test
    void oneMemberBesideControls_copiesNobody() {
        var story = falling(3, "control: 2", "exploit: {truncation: 0.5}");

        IntStream.range(0, 3)
                .forEach(who -> assertThat(copies(decide(story, who))).isFalse());
    }

    @Test
    void twoMembers_ofWhichOneIsNotMeasured_copyNobody() {
        var story = Story.enrolled("exploit: {truncation: 0.5}")
                .trains(0, "x=0.5", 10)
                .trains(1, "x=0.6", 10)
                .finishes(1, 1);

        assertThat(copies(decide(story, 1))).isFalse();
    }

    @Test
    void everybodyTied_nobodyCopies() {
        var story = Story.ranked(List.of("exploit: {truncation: 0.5}"), 3, 3, 3, 3);

        IntStream.range(0, 4)
                .forEach(who -> assertThat(copies(decide(story, who))).isFalse());
    }

    /// Ranks of ties go by member; a recipient whose donor is no better goes on.
    @Test
    void aTieAcrossTheShare_isBrokenByMember_andCopiesOnlyWhoIsBetter() {
        var story = Story.ranked(List.of("exploit: {truncation: 0.5}"), 3, 3, 3, 1);

        assertThat(IntStream.range(0, 4).filter(who -> copies(decide(story, who))))
                .containsExactly(3);
        assertThat(decide(story, 2).because().facts()).containsEntry("tied", "yes");
    }

    @Test
    void everybodyDiverged_nobodyCopies_allBeginAnew() {
        var story = falling(3, "exploit: {truncation: 0.5}");
        IntStream.range(0, 3).forEach(who -> story.trains(who, "x=0.5", 20).fails(who, Kind.DIVERGED));
        var rules = new TreeMap<Integer, String>();
        IntStream.range(0, 3)
                .forEach(who -> rules.put(who, decide(story, who).because().rule()));

        assertThat(rules.values()).containsOnly("begun anew");
    }

    @Test
    void everybodyButOneDiverged_allCopyThatOne_whateverTheFraction() {
        var story = falling(4, "exploit: {truncation: 0}");
        IntStream.range(0, 3).forEach(who -> story.trains(who, "x=0.5", 20).fails(who, Kind.DIVERGED));

        IntStream.range(0, 3)
                .forEach(who ->
                        assertThat(((Train) decide(story, who)).weights()).isEqualTo(story.of(3)));
        assertThat(copies(decide(story, 3))).isFalse();
    }

    @Test
    void whoHasFailed_countsInTheShares() {
        var story =
                falling(4, "exploit: {truncation: 0.5}").trains(3, "x=0.5", 20).fails(3, Kind.DIVERGED);

        assertThat(copies(decide(story, 2))).isTrue();
        assertThat(copies(decide(story, 1))).isFalse();
    }

    @Test
    void aDonorThatHasSpentTheBudget_leavesItsRecipientNothing_soThatItEnds() {
        var story = falling(2, "exploit: {truncation: 0.5}", "budget: {steps: 30}")
                .trains(0, "x=0.5", 30)
                .finishes(0, 5)
                .stops(0, Specification.OVER_BUDGET);

        assertThat(decide(story, 1)).isInstanceOf(Stop.class);
    }

    @Test
    void theLastReadyPoint_isNoDecisionToCopy() {
        var story = falling(2, "exploit: {truncation: 0.5}", "budget: {steps: 10}");

        assertThat(decide(story, 1)).isInstanceOf(Stop.class);
    }
}
