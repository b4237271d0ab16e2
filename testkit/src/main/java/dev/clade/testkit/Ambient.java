package dev.clade.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;

/// What a pure function cannot have: a clock, a thread, the machine's randomness, the machine's files, arithmetic that
/// differs between machines.
final class Ambient {

    private static final List<String> PACKAGES = List.of(
            "java.io",
            "java.nio",
            "java.net",
            "java.sql",
            "javax.sql",
            "java.util.concurrent",
            "java.util.logging",
            "java.lang.foreign",
            "java.lang.reflect");

    /// Encodings are values, not IO.
    private static final String PURE_PACKAGE = "java.nio.charset";

    private static final Set<String> NAMES = Set.of(
            "java.lang.InheritableThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.ScopedValue",
            "java.lang.System$Logger",
            "java.lang.Thread",
            "java.lang.Thread$Builder",
            "java.lang.ThreadLocal",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.util.random.RandomGeneratorFactory");

    private static final Set<String> EXACT = Set.of(
            "abs",
            "ceil",
            "clamp",
            "copySign",
            "floor",
            "fma",
            "getExponent",
            "max",
            "min",
            "multiplyFull",
            "multiplyHigh",
            "nextAfter",
            "nextDown",
            "nextUp",
            "rint",
            "round",
            "scalb",
            "signum",
            "sqrt",
            "ulp",
            "unsignedMultiplyHigh");

    static final DescribedPredicate<JavaClass> TYPES =
            describe("a type of the world outside", type -> isWorld(type.getBaseComponentType()));

    static final DescribedPredicate<JavaClass> TRAINER_MAY_NAME = describe(
            "Path or IOException",
            type -> Set.of("java.nio.file.Path", "java.io.IOException").contains(type.getName()));

    static final DescribedPredicate<JavaAccess<?>> CALLS = describe(
            "something ambient",
            access -> isAmbient(
                    access.getTargetOwner().getName(),
                    access.getTarget().getName(),
                    access.getTarget().getFullName()));

    static final DescribedPredicate<JavaAccess<?>> INEXACT = describe(
            "an inexact function of Math",
            access -> access.getTargetOwner().getName().equals("java.lang.Math")
                    && !isExact(access.getTarget().getName()));

    private Ambient() {}

    private static boolean isWorld(JavaClass type) {
        var home = type.getPackageName();
        return NAMES.contains(type.getName())
                || (!home.equals(PURE_PACKAGE)
                        && PACKAGES.stream().anyMatch(world -> home.equals(world) || home.startsWith(world + ".")));
    }

    private static boolean isAmbient(String owner, String name, String signature) {
        return switch (owner) {
            case "java.lang.System" -> !name.equals("arraycopy");
            case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.util.Collections" -> signature.endsWith("shuffle(java.util.List)");
            case "java.util.random.RandomGenerator" -> name.equals("getDefault") || name.equals("of");
            default -> name.startsWith("parallel") || (owner.startsWith("java.time.") && name.equals("now"));
        };
    }

    private static boolean isExact(String name) {
        return EXACT.contains(name)
                || name.endsWith("Exact")
                || name.startsWith("floorDiv")
                || name.startsWith("floorMod")
                || name.startsWith("ceilDiv")
                || name.startsWith("ceilMod");
    }
}
