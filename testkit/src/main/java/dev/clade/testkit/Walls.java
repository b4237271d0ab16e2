package dev.clade.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The walls between the rooms, as architecture rules over every class on the class path below `root`.
///
/// Each rule also passes where its packages do not exist yet. A room checks them all in one line:
/// `@TestFactory Stream<DynamicTest> walls() { return Walls.hold(); }`
public record Walls(String root) {

    /// The packages of core, in the order in which they may know each other: each only those before it.
    static final List<String> CORE =
            List.of("fault", "settings", "random", "space", "trainer", "population", "tune", "pbt");

    /// For each room, the rooms beside core that it may know. `app` and `bench` are nobody's.
    static final Map<String, List<String>> ROOMS = new TreeMap<>(Map.ofEntries(
            Map.entry("testkit", List.of()),
            Map.entry("toys", List.of()),
            Map.entry("tuners", List.of()),
            Map.entry("store", List.of()),
            Map.entry("zoo", List.of()),
            Map.entry("cluster", List.of("store")),
            Map.entry("run", List.of("store")),
            Map.entry("study", List.of("run", "store", "tuners", "toys")),
            Map.entry("spark", List.of("run", "store", "cluster")),
            Map.entry("app", List.of("study", "run", "store", "tuners", "toys")),
            Map.entry(
                    "bench",
                    List.of("app", "study", "run", "store", "tuners", "toys", "zoo", "cluster", "spark", "testkit"))));

    /// For each library, the packages that may name it.
    static final Map<String, List<String>> LIBRARIES = new TreeMap<>(Map.ofEntries(
            Map.entry("java.sql..", List.of("store.sql", "cluster")),
            Map.entry("javax.sql..", List.of("store.sql", "cluster")),
            Map.entry("org.sqlite..", List.of("store.sql")),
            Map.entry("org.apache.spark..", List.of("spark")),
            Map.entry("org.bytedeco..", List.of("zoo")),
            Map.entry("org.hipparchus..", List.of("pbt", "tuners", "study", "bench", "testkit")),
            Map.entry("org.openjdk.jmh..", List.of("bench")),
            Map.entry("picocli..", List.of("app")),
            Map.entry("org.snakeyaml..", List.of("app")),
            Map.entry("com.sun.net.httpserver..", List.of("app")),
            Map.entry("io.helidon..", List.of("app"))));

    static final List<String> TEST_NAMES =
            List.of("Test", "Property", "Statistics", "Contract", "Race", "Fuzz", "Replay");

    /// The walls over the main classes on the class path, and the rules for the test classes of this module.
    public static Stream<DynamicTest> hold() {
        var walls = new Walls("dev.clade");
        var main = walls.read(new ImportOption.DoNotIncludeTests());
        var tests = walls.read(new ImportOption.OnlyIncludeTests());
        return Stream.concat(
                walls.ofMain().stream().map(rule -> test(rule, main)),
                ofTests().stream().map(rule -> test(rule, tests)));
    }

    JavaClasses read(ImportOption which) {
        return new ClassFileImporter()
                .withImportOption(which)
                .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("/jmh_generated/"))
                .importPackages(root);
    }

    private static DynamicTest test(ArchRule rule, JavaClasses classes) {
        return DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes));
    }

    public List<ArchRule> ofMain() {
        var rules = new ArrayList<ArchRule>();
        rules.add(packagesHaveNoCycles());
        rules.addAll(coreIsAChain());
        rules.addAll(roomsKnowOnlyTheirOwn());
        rules.addAll(librariesStayInTheirRooms());
        rules.add(coreNamesNoWorld());
        rules.add(trainerNamesOnlyPathAndIOException());
        rules.add(coreCallsNothingAmbient());
        rules.add(coreComputesTheSameEverywhere());
        rules.add(namesSayWhatThingsAre());
        rules.add(packagesAreNullMarked());
        rules.add(nothingIsSerializable());
        return List.copyOf(rules);
    }

    public static List<ArchRule> ofTests() {
        return List.of(testsHaveANameThatIsRun(), testsAreNotDisabled());
    }

    ArchRule packagesHaveNoCycles() {
        return SlicesRuleDefinition.slices()
                .assignedFrom(new Packages(root))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .as("no cycle among packages");
    }

    List<ArchRule> coreIsAChain() {
        var rules = new ArrayList<ArchRule>();
        for (int i = 0; i < CORE.size(); i++) {
            var known = packages(CORE.subList(0, i + 1));
            rules.add(noClasses()
                    .that(resideInAPackage(below(CORE.get(i))))
                    .should()
                    .dependOnClassesThat(ours().and(DescribedPredicate.not(resideInAnyPackage(known))))
                    .allowEmptyShould(true)
                    .as(CORE.get(i) + " knows only what stands before it in core: " + String.join(" <- ", CORE)));
        }
        return rules;
    }

    List<ArchRule> roomsKnowOnlyTheirOwn() {
        var rules = new ArrayList<ArchRule>();
        ROOMS.forEach((room, others) -> {
            var known = new ArrayList<>(others);
            known.add(room);
            if (!room.equals("testkit")) {
                known.addAll(CORE);
            }
            rules.add(noClasses()
                    .that(resideInAPackage(below(room)))
                    .should()
                    .dependOnClassesThat(ours().and(DescribedPredicate.not(resideInAnyPackage(packages(known)))))
                    .allowEmptyShould(true)
                    .as(room + " knows only " + String.join(", ", known)));
        });
        return rules;
    }

    List<ArchRule> librariesStayInTheirRooms() {
        var rules = new ArrayList<ArchRule>();
        LIBRARIES.forEach((library, rooms) -> rules.add(noClasses()
                .that(ours().and(DescribedPredicate.not(resideInAnyPackage(packages(rooms)))))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .allowEmptyShould(true)
                .as(library + " is named only in " + String.join(", ", rooms))));
        return rules;
    }

    ArchRule coreNamesNoWorld() {
        return noClasses()
                .that(pure().and(DescribedPredicate.not(resideInAPackage(below("trainer")))))
                .should()
                .dependOnClassesThat(Ambient.TYPES)
                .allowEmptyShould(true)
                .as("core and tuners name no clock, thread, randomness or IO");
    }

    ArchRule trainerNamesOnlyPathAndIOException() {
        return noClasses()
                .that(resideInAPackage(below("trainer")))
                .should()
                .dependOnClassesThat(Ambient.TYPES.and(DescribedPredicate.not(Ambient.TRAINER_MAY_NAME)))
                .allowEmptyShould(true)
                .as("trainer names nothing of the world but Path and IOException");
    }

    ArchRule coreCallsNothingAmbient() {
        return noClasses()
                .that(pure())
                .should()
                .accessTargetWhere(Ambient.CALLS)
                .allowEmptyShould(true)
                .as("core and tuners call no clock, ambient randomness, environment or parallel stream");
    }

    ArchRule coreComputesTheSameEverywhere() {
        return noClasses()
                .that(pure())
                .should()
                .accessTargetWhere(Ambient.INEXACT)
                .allowEmptyShould(true)
                .as("core and tuners take from Math only what is exact; StrictMath has the rest");
    }

    ArchRule namesSayWhatThingsAre() {
        return classes()
                .that(ours())
                .should(Conditions.HAVE_A_TELLING_NAME)
                .allowEmptyShould(true)
                .as("no class is named *Util, *Helper, *Manager, *Impl, Abstract* or Base*");
    }

    ArchRule packagesAreNullMarked() {
        return classes()
                .that(ours())
                .should(Conditions.LIVE_IN_A_NULL_MARKED_PACKAGE)
                .allowEmptyShould(true)
                .as("every package has a package-info with @NullMarked");
    }

    ArchRule nothingIsSerializable() {
        return classes()
                .that(ours())
                .should(Conditions.NOT_DECLARE_SERIALIZABLE)
                .allowEmptyShould(true)
                .as("nothing declares java.io.Serializable");
    }

    static ArchRule testsHaveANameThatIsRun() {
        return classes()
                .should(Conditions.HAVE_A_NAME_THAT_SUREFIRE_RUNS)
                .allowEmptyShould(true)
                .as("a class with tests is named *" + String.join(", *", TEST_NAMES));
    }

    static ArchRule testsAreNotDisabled() {
        return classes()
                .should(Conditions.NOT_BE_DISABLED)
                .allowEmptyShould(true)
                .as("no test is disabled");
    }

    private DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(root + "..");
    }

    private DescribedPredicate<JavaClass> pure() {
        var pure = new ArrayList<>(CORE);
        pure.add("tuners");
        return resideInAnyPackage(packages(pure));
    }

    /// The packages of rooms. The root package itself, with the JVM door, is a part of `run`.
    private String[] packages(List<String> rooms) {
        var packages = new ArrayList<>(rooms.stream().map(this::below).toList());
        if (rooms.contains("run")) {
            packages.add(root);
        }
        return packages.toArray(String[]::new);
    }

    private String below(String room) {
        return root + "." + room + "..";
    }
}
