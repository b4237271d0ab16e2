package dev.clade.study.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.population.Lineage;
import dev.clade.population.MemberId;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecipeTest {

    private static final Recipe RECIPE = Settings.recipe();

    private static Recipe.Settings of(String tuner) {
        return RECIPE.of(new Arm.Tuned(tuner, Setting.word(tuner)), 7);
    }

    private static Setting.Mapping of(Ablation ablation) {
        return RECIPE.of(new Arm.Ablated(ablation), 7).settings();
    }

    private static Lineage.Stage stage(long from, long to, double h) {
        return new Lineage.Stage(
                from, to, new Hyperparameters(new TreeMap<>(Map.of("h", new Value.Real(h)))), new MemberId(0));
    }

    @Test
    void pbt_isTheFileWithoutControls_underItsSeed() {
        assertThat(of("pbt").settings())
                .isEqualTo(Settings.file()
                        .without("control")
                        .with("tuner", Setting.word("pbt"))
                        .with("seed", Setting.word("7")));
        assertThat(of("pbt").notes())
                .containsExactly("'control' is left out of all arms: every member of a population counts");
    }

    @Test
    void partsThatDoNotCountForATuner_areLeftOutAndNoted() {
        assertThat(of("random").settings().entries())
                .doesNotContainKey("exploit")
                .containsKey("ready");
        assertThat(of("random").notes()).contains("'exploit' is left out: it does not count for 'random'");
    }

    @Test
    void whoseDecisionsMustSeeOneAnother_isNotSynchronous() {
        assertThat(of("serial").settings().entries()).doesNotContainKey("synchronous");
        assertThat(of("serial").notes())
                .contains("'synchronous' is left out: decisions of 'serial' must see one another");
        assertThat(of("random").settings().entries()).containsKey("synchronous");
    }

    @Test
    void theFilesOwnSettingsOfATuner_areThoseOfItsWord() {
        var own = Setting.map("random", Setting.map(Map.of()));
        var recipe = new Recipe(Settings.file().with("tuner", own), Settings.INSTALLED);
        assertThat(recipe.of(new Arm.Tuned("random", Setting.word("random")), 1)
                        .settings()
                        .entries())
                .containsEntry("tuner", own);
        assertThat(recipe.of(new Arm.Tuned("pbt", Setting.word("pbt")), 1)
                        .settings()
                        .entries())
                .containsEntry("tuner", Setting.word("pbt"));
    }

    @Test
    void tuners_areNamedByTheirWords_andAgainByNumbers() {
        var eager = Setting.map("asha", Setting.map("eta", Setting.word("4")));
        assertThat(Arm.tuned(List.of(Setting.word("pbt"), Setting.word("asha"), eager)).stream()
                        .map(Arm::name))
                .containsExactly("pbt", "asha", "asha-2");
    }

    @Test
    void ablations_takeAPartAway() {
        assertThat(of(Ablation.NO_EXPLORE).entries()).containsEntry("explore", Setting.word("none"));
        assertThat(of(Ablation.WEIGHTS_ONLY).entries())
                .containsEntry("inherit", Setting.list(List.of(Setting.word("weights"))))
                .doesNotContainKey("explore");
        assertThat(of(Ablation.HYPERPARAMETERS_ONLY).entries())
                .containsEntry("inherit", Setting.list(List.of(Setting.word("hyperparameters"))));
        assertThat(of(Ablation.FROZEN).entries())
                .containsEntry("inherit", Setting.list(List.of(Setting.word("weights"))))
                .containsEntry("explore", Setting.word("none"));
    }

    /// Without a copy nobody would explore: then nothing but random search is left.
    @Test
    void withoutExploit_everybodyExplores() {
        assertThat(of(Ablation.NO_EXPLOIT).entries())
                .containsEntry("exploit", Setting.word("none"))
                .containsEntry("explore", Setting.map("when", Setting.word("always")));
        var own = Settings.file().with("explore", Setting.map("gaussian", Setting.word("0.1")));
        assertThat(new Recipe(own, Settings.INSTALLED)
                        .of(new Arm.Ablated(Ablation.NO_EXPLOIT), 1)
                        .settings()
                        .entries()
                        .get("explore"))
                .hasToString("{gaussian: 0.1, when: always}");
    }

    @Test
    void whatWasFound_isWrittenForTheTunerThatTrainsItAgain() {
        var found = List.of(stage(0, 20, 0.5), stage(20, 40, 0.5), stage(40, 100, 0.25));
        assertThat(Ablation.SCHEDULE.tuner(found)).isEqualTo(tuner(at("0", "0.5"), at("40", "0.25")));
        assertThat(Ablation.FINAL_FIXED.tuner(found)).isEqualTo(tuner(at("0", "0.25")));
    }

    /// A member that was copied to and stopped before it trained leaves a stage without steps.
    @Test
    void stagesWithoutSteps_areNotTrainedAgain_andWhatTheyPartedIsOne() {
        var found = List.of(
                stage(0, 0, 1),
                stage(0, 20, 0.5),
                stage(20, 20, 1),
                stage(20, 40, 0.5),
                stage(40, 100, 0.25),
                stage(100, 100, 2));
        assertThat(Ablation.SCHEDULE.tuner(found)).isEqualTo(tuner(at("0", "0.5"), at("40", "0.25")));
        assertThat(Ablation.FINAL_FIXED.tuner(found)).isEqualTo(tuner(at("0", "0.25")));
        assertThat(Ablation.SCHEDULE.tuner(List.of(stage(0, 0, 1), stage(0, 0, 2))))
                .isEqualTo(tuner(at("0", "2.0")));
    }

    private static Setting tuner(Setting... at) {
        return Setting.map(
                "schedule", Setting.map(Map.of("at", Setting.list(List.of(at)), "interpolate", Setting.word("none"))));
    }

    private static Setting at(String step, String h) {
        return Setting.map(Map.of("step", Setting.word(step), "values", Setting.map("h", Setting.word(h))));
    }

    @Test
    void whereNothingTrainsASchedule_theAblationIsRefused() {
        assertThatThrownBy(() -> RECIPE.need(Ablation.SCHEDULE))
                .hasMessage("CLADE-1510 the ablation 'schedule' cannot be trained.  Found: no tuner 'schedule', which"
                        + " trains what was found again.  Expected: the artifact that has it, on the class path.  Mend:"
                        + " leave 'schedule' out of --ablate.");
        RECIPE.need(Ablation.FROZEN);
    }

    @Test
    void differing_isByMeaning() {
        var file = Settings.file();
        assertThat(RECIPE.differing(file, file)).isEmpty();
        assertThat(RECIPE.differing(file, file.with("retries", Setting.word("2"))))
                .isEmpty();
        assertThat(RECIPE.differing(file, file.with("budget", Setting.map("steps", Setting.word("0.1k")))))
                .isEmpty();
        assertThat(RECIPE.differing(file, file.with("slots", Setting.word("2"))))
                .isEmpty();
        assertThat(RECIPE.differing(file, file.with("budget", Setting.map("steps", Setting.word("200")))))
                .contains("budget");
        assertThat(RECIPE.differing(file, file.without("exploit"))).contains("exploit");
        assertThat(RECIPE.differing(file, file.with("trainer", Setting.map("toy", Setting.word("drift")))))
                .contains("trainer");
    }

    @Test
    void plans_goBySeedThenArm() {
        var plan = new Plan("study", Arm.tuned(List.of(Setting.word("pbt"), Setting.word("random"))), Plan.seeds(5, 2));
        assertThat(plan.entries().stream().map(plan::named))
                .containsExactly("study.pbt.5", "study.random.5", "study.pbt.6", "study.random.6");
        assertThat(plan.provenance(plan.entries().getFirst(), List.of("a", "b")))
                .isEqualTo(Map.of(
                        "study", "study",
                        "study.arm", "pbt",
                        "study.seed", "5",
                        "study.arms", "pbt random",
                        "study.seeds", "5 6",
                        "study.notes", "a; b"));
    }

    @Test
    void aNameThatIsTooLong_isRefused() {
        var plan = new Plan("n".repeat(95), Arm.tuned(List.of(Setting.word("pbt"))), List.of(1L));
        assertThatThrownBy(() -> plan.named(plan.entries().getFirst())).hasMessageContaining("CLADE-4124");
    }
}
