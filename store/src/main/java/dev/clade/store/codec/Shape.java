package dev.clade.store.codec;

import dev.clade.settings.Setting;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How values of one type stand in JSON. A record is an object of its components; one of a sealed interface has its
/// name under `kind` besides; an identity (a record of one word or number) stands bare; numbers that are not finite
/// are the words `nan`, `inf` and `-inf`. Only types that are reachable from a sealed root can be named: nothing in
/// a log chooses a class.
sealed interface Shape {

    JsonNode write(Object value);

    Object read(JsonNode node);

    JsonNodeFactory NODES = JsonNodeFactory.instance;

    Map<Type, Shape> KNOWN = new ConcurrentHashMap<>();

    static Shape of(Type type) {
        var known = KNOWN.get(type);
        if (known == null) {
            known = made(type);
            KNOWN.putIfAbsent(type, known);
        }
        return known;
    }

    private static Shape made(Type type) {
        if (type instanceof ParameterizedType generic) {
            var last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return new Container((Class<?>) generic.getRawType(), last);
        }
        var known = (Class<?>) type;
        if (Setting.class.isAssignableFrom(known)) {
            return new Settings();
        }
        if (known.isSealed()) {
            return new OneOf(known);
        }
        return known.isRecord() ? new Fields(known.asSubclass(Record.class)) : new Plain(known);
    }

    /// Words, numbers, flags, times, enumerations.
    record Plain(Class<?> type) implements Shape {

        @Override
        public JsonNode write(Object value) {
            return switch (value) {
                case Integer whole -> NODES.numberNode(whole);
                case Long whole -> NODES.numberNode(whole);
                case Double real -> number(real);
                case Boolean flag -> NODES.booleanNode(flag);
                case Duration time -> NODES.numberNode(time.toNanos());
                case Instant at -> NODES.stringNode(at.toString());
                case Enum<?> word -> NODES.stringNode(word.name());
                case String text -> NODES.stringNode(text);
                default -> throw new IllegalArgumentException("no shape for " + value.getClass());
            };
        }

        private static JsonNode number(double real) {
            if (Double.isFinite(real)) {
                return NODES.numberNode(real);
            }
            return NODES.stringNode(Double.isNaN(real) ? "nan" : real > 0 ? "inf" : "-inf");
        }

        @Override
        public Object read(JsonNode node) {
            if (type == int.class) {
                return node.intValue();
            }
            if (type == long.class || type == Long.class) {
                return node.longValue();
            }
            if (type == double.class || type == Double.class) {
                return real(node);
            }
            if (type == boolean.class) {
                return node.booleanValue();
            }
            if (type == Duration.class) {
                return Duration.ofNanos(node.longValue());
            }
            if (type == Instant.class) {
                return Instant.parse(word(node));
            }
            return type.isEnum() ? constant(word(node)) : word(node);
        }

        private static String word(JsonNode node) {
            if (!node.isString()) {
                throw new IllegalArgumentException("not a word: " + node);
            }
            return node.stringValue();
        }

        private static double real(JsonNode node) {
            if (node.isNumber()) {
                return node.doubleValue();
            }
            return switch (word(node)) {
                case "nan" -> Double.NaN;
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> throw new IllegalArgumentException("not a number: " + node);
            };
        }

        private Object constant(String name) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(c -> ((Enum<?>) c).name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no " + type.getSimpleName() + " " + name));
        }
    }

    /// Optional, list, sorted set, sorted map by name.
    record Container(Class<?> type, Type of) implements Shape {

        @Override
        public JsonNode write(Object value) {
            var inner = Shape.of(of);
            return switch (value) {
                case Optional<?> optional -> optional.map(inner::write).orElse(NODES.nullNode());
                case SortedMap<?, ?> map -> {
                    var object = NODES.objectNode();
                    map.forEach((key, v) -> object.set((String) key, inner.write(v)));
                    yield object;
                }
                case java.util.Collection<?> list -> {
                    var array = NODES.arrayNode();
                    list.forEach(v -> array.add(inner.write(v)));
                    yield array;
                }
                default -> throw new IllegalArgumentException("no shape for " + value.getClass());
            };
        }

        @Override
        public Object read(JsonNode node) {
            var inner = Shape.of(of);
            if (type == Optional.class) {
                return node.isNull() ? Optional.empty() : Optional.of(inner.read(node));
            }
            if (type == SortedMap.class) {
                var map = new TreeMap<String, Object>();
                node.properties().forEach(e -> map.put(e.getKey(), inner.read(e.getValue())));
                return map;
            }
            List<Object> list = new ArrayList<>();
            node.forEach(item -> list.add(inner.read(item)));
            return type == SortedSet.class ? new TreeSet<>(list) : List.copyOf(list);
        }
    }

    /// A tree of settings.
    record Settings() implements Shape {
        @Override
        public JsonNode write(Object value) {
            return SettingJson.write((Setting) value);
        }

        @Override
        public Object read(JsonNode node) {
            return SettingJson.read(node);
        }
    }

    /// One of the records of a sealed interface.
    record OneOf(Class<?> type) implements Shape {

        @Override
        public JsonNode write(Object value) {
            var object = NODES.objectNode().put("kind", value.getClass().getSimpleName());
            if (Shape.of(value.getClass()) instanceof Fields fields) {
                fields.fill(object, value);
            }
            return object;
        }

        @Override
        public Object read(JsonNode node) {
            var kind = node.path("kind").asString("");
            return Arrays.stream(type.getPermittedSubclasses())
                    .filter(c -> c.getSimpleName().equals(kind))
                    .findFirst()
                    .map(c -> Shape.of(c).read(node))
                    .orElseThrow(() -> new IllegalArgumentException("no " + type.getSimpleName() + " '" + kind + "'"));
        }
    }

    /// A record by its components; one that only names something stands bare.
    final class Fields implements Shape {

        private final Class<? extends Record> type;
        private final List<Field> fields;
        private final MethodHandle constructor;
        private final boolean names;

        /// A component: the shape of its values is found when it is first needed, since types may hold each other.
        private record Field(String name, Type type, MethodHandle accessor) {

            Shape shape() {
                return Shape.of(type);
            }
        }

        Fields(Class<? extends Record> type) {
            this.type = type;
            var components = type.getRecordComponents();
            try {
                var lookup = MethodHandles.publicLookup();
                this.fields = new ArrayList<>();
                for (var component : components) {
                    fields.add(new Field(
                            component.getName(),
                            component.getGenericType(),
                            lookup.unreflect(component.getAccessor())));
                }
                this.constructor = lookup.unreflectConstructor(type.getDeclaredConstructor(Arrays.stream(components)
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new)))
                        .asSpreader(Object[].class, components.length);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("records of the log are public: " + type, e);
            }
            this.names = components.length == 1
                    && Arrays.stream(type.getInterfaces()).noneMatch(Class::isSealed)
                    && (components[0].getType() == String.class || components[0].getType() == int.class);
        }

        @Override
        public JsonNode write(Object value) {
            if (names) {
                var only = fields.getFirst();
                return only.shape().write(get(only, value));
            }
            var object = NODES.objectNode();
            fill(object, value);
            return object;
        }

        void fill(ObjectNode object, Object value) {
            for (var field : fields) {
                object.set(field.name(), field.shape().write(get(field, value)));
            }
        }

        private static Object get(Field field, Object value) {
            try {
                return field.accessor().invoke(value);
            } catch (Throwable e) {
                throw new IllegalStateException("accessors of records do not throw: " + field, e);
            }
        }

        @Override
        public Object read(JsonNode node) {
            var values = new Object[fields.size()];
            for (int i = 0; i < values.length; i++) {
                var part = names ? node : node.path(fields.get(i).name());
                if (part.isMissingNode()) {
                    throw new IllegalArgumentException(
                            type.getSimpleName() + " lacks " + fields.get(i).name());
                }
                values[i] = fields.get(i).shape().read(part);
            }
            return made(values);
        }

        private Object made(Object[] values) {
            try {
                return constructor.invoke(values);
            } catch (Throwable e) {
                throw new IllegalArgumentException(
                        type.getSimpleName() + " cannot be made of " + Arrays.toString(values), e);
            }
        }
    }
}
