package dev.clade.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each wall against the classes below `fixture`, some of which break it.
class WallsTest {

    private final Walls walls = new Walls("fixture");
    private final JavaClasses classes = walls.read(new ImportOption.OnlyIncludeTests());

    @Test
    void packagesHaveNoCycles_twoPackagesKnowEachOther_areFound() {
        assertThat(report(walls.packagesHaveNoCycles()))
                .singleElement()
                .asString()
                .contains("Slice fixture.fault", "Slice fixture.settings");
    }

    @Test
    void coreIsAChain_aLinkThatKnowsALaterOne_isFound() {
        assertThat(offenders(walls.coreIsAChain())).containsExactly("fault.KnowsSettings");
    }

    @Test
    void roomsKnowOnlyTheirOwn_toysThatKnowAStoreAndRunThatKnowsApp_areFound() {
        assertThat(offenders(walls.roomsKnowOnlyTheirOwn())).containsExactly("run.NamesJdbc", "toys.KnowsStore");
    }

    @Test
    void librariesStayInTheirRooms_jdbcAndHipparchusElsewhere_areFound() {
        assertThat(offenders(walls.librariesStayInTheirRooms()))
                .containsExactly("population.NamesHipparchus", "run.NamesJdbc");
    }

    @Test
    void coreNamesNoWorld_filesThreadsAndAmbientRandomness_areFoundButNoEncodings() {
        assertThat(report(List.of(walls.coreNamesNoWorld())))
                .hasSize(5)
                .anyMatch(line -> line.contains("NamesTheWorld.path"))
                .anyMatch(line -> line.contains("NamesTheWorld.threads"))
                .anyMatch(line -> line.contains("NamesTheWorld.number"))
                .anyMatch(line -> line.contains("NamesTheWorld.random"))
                .noneMatch(line -> line.contains("NamesTheWorld.pure"));
    }

    @Test
    void trainerNamesOnlyPathAndIOException_aStream_isFound() {
        assertThat(offenders(List.of(walls.trainerNamesOnlyPathAndIOException())))
                .containsExactly("trainer.LoadsTooMuch");
    }

    @Test
    void coreCallsNothingAmbient_eachKind_isFound() {
        assertThat(report(walls.coreCallsNothingAmbient()))
                .hasSize(7)
                .anyMatch(line -> line.contains("Math.random"))
                .anyMatch(line -> line.contains("System.nanoTime"))
                .anyMatch(line -> line.contains("System.getenv"))
                .anyMatch(line -> line.contains("Instant.now"))
                .anyMatch(line -> line.contains("UUID.randomUUID"))
                .anyMatch(line -> line.contains("Collections.shuffle"))
                .anyMatch(line -> line.contains("parallelStream"));
    }

    @Test
    void coreComputesTheSameEverywhere_aCallAndAReference_areFound() {
        assertThat(report(walls.coreComputesTheSameEverywhere()))
                .hasSize(3)
                .anyMatch(line -> line.contains("Math.random"))
                .anyMatch(line -> line.contains("Math.exp"))
                .anyMatch(line -> line.contains("Math.log"));
    }

    @Test
    void namesSayWhatThingsAre_helpersAndBases_areFoundButNoBaseline() {
        assertThat(report(walls.namesSayWhatThingsAre()))
                .containsExactly(
                        "fixture.bad.UnmarkedHelper has a name that does not say what it is",
                        "fixture.bad.UnmarkedHelper$BaseThing has a name that does not say what it is");
    }

    @Test
    void packagesAreNullMarked_aPackageWithoutInfo_isFound() {
        assertThat(report(walls.packagesAreNullMarked()))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("fixture.bad has no package-info with @NullMarked"));
    }

    @Test
    void nothingIsSerializable_aDeclaration_isFoundButNoEnumOrException() {
        assertThat(report(walls.nothingIsSerializable()))
                .containsExactly("fixture.bad.UnmarkedHelper declares java.io.Serializable");
    }

    @Test
    void testsHaveANameThatIsRun_anotherName_isFound() {
        assertThat(report(Walls.testsHaveANameThatIsRun()))
                .containsExactly("fixture.bad.NeverRun has tests, and a name under which they are not run");
    }

    @Test
    void testsAreNotDisabled_aDisabledOne_isFound() {
        assertThat(report(Walls.testsAreNotDisabled()))
                .containsExactly("fixture.bad.NeverRun is disabled, or has a test that is");
    }

    @Test
    void everyWall_noClasses_passes() {
        var none = new ClassFileImporter().importClasses();
        assertThat(walls.ofMain()).allSatisfy(rule -> rule.check(none));
        assertThat(Walls.ofTests()).allSatisfy(rule -> rule.check(none));
    }

    private List<String> offenders(List<ArchRule> rules) {
        return report(rules).stream()
                .map(line -> line.replaceFirst(".*?<fixture\\.([A-Za-z.]+)\\.\\w+.*", "$1"))
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> report(ArchRule rule) {
        return report(List.of(rule));
    }

    private List<String> report(List<ArchRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.evaluate(classes).getFailureReport().getDetails().stream())
                .toList();
    }
}
