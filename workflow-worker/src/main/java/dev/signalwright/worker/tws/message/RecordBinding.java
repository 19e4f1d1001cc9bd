package dev.signalwright.worker.tws.message;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves values between a record and the fields of the same names. A component that is a record stands for its own
 * components; a list of records stands for the list of that name. Numbers that may be unset are {@code
 * Optional<BigDecimal>}.
 */
final class RecordBinding<R extends Record> {
    /** The ways the protocol writes "no value". */
    private static final Set<String> UNSET = Set.of(
            "",
            "1.7976931348623157E308",
            "2147483647",
            "9223372036854775807",
            "-9223372036854775808",
            "Infinity",
            "Infinite");

    static boolean isUnset(String text) {
        return UNSET.contains(text);
    }

    private final Class<R> type;
    private final RecordComponent[] components;
    private final Constructor<R> constructor;

    RecordBinding(Class<R> type) {
        this.type = type;
        this.components = type.getRecordComponents();
        try {
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("The record " + type + " has no canonical constructor.", e);
        }
    }

    R toRecord(Fields fields) {
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = value(components[i], fields);
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("The record " + type + " cannot be built from " + fields.values(), e);
        }
    }

    private static Object value(RecordComponent component, Fields fields) {
        Class<?> type = component.getType();
        if (type.isRecord()) {
            return new RecordBinding<>(type.asSubclass(Record.class)).toRecord(fields);
        }
        if (type == List.class) {
            RecordBinding<?> element = new RecordBinding<>(elementType(component));
            List<Record> elements = new ArrayList<>();
            fields.list(component.getName()).forEach(one -> elements.add(element.toRecord(one)));
            return List.copyOf(elements);
        }
        return parse(type, fields.text(component.getName()));
    }

    private static Object parse(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        if (type == boolean.class) {
            return text.equals("1") || text.equals("true");
        }
        if (type == int.class) {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        }
        if (type == long.class) {
            return text.isEmpty() ? 0L : Long.parseLong(text);
        }
        if (type == double.class) {
            // The protocol has two words for what Java writes in one.
            return text.isEmpty() ? 0.0 : Double.parseDouble(text.equals("Infinite") ? "Infinity" : text);
        }
        if (type == BigDecimal.class) {
            return isUnset(text) ? BigDecimal.ZERO : new BigDecimal(text);
        }
        if (type == Optional.class) {
            return isUnset(text) ? Optional.empty() : Optional.of(new BigDecimal(text));
        }
        throw new IllegalStateException("A message record cannot have a component of " + type + ".");
    }

    static Class<? extends Record> elementType(RecordComponent component) {
        ParameterizedType list = (ParameterizedType) component.getGenericType();
        return ((Class<?>) list.getActualTypeArguments()[0]).asSubclass(Record.class);
    }

    static void toFields(Record message, Fields into) {
        for (RecordComponent component : message.getClass().getRecordComponents()) {
            Object value = read(component, message);
            switch (value) {
                case Record part -> toFields(part, into);
                case List<?> list -> into.put(component.getName(), elements(list, into));
                default -> into.put(component.getName(), format(value));
            }
        }
    }

    private static List<Fields> elements(List<?> list, Fields outer) {
        List<Fields> elements = new ArrayList<>();
        for (Object element : list) {
            Fields fields = new Fields(outer);
            toFields((Record) element, fields);
            elements.add(fields);
        }
        return elements;
    }

    private static Object read(RecordComponent component, Record message) {
        try {
            return component.getAccessor().invoke(message);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("The component " + component + " cannot be read.", e);
        }
    }

    private static String format(Object value) {
        return switch (value) {
            case Boolean flag -> flag ? "1" : "0";
            case BigDecimal number -> number.toPlainString();
            case Optional<?> optional -> optional.map(RecordBinding::format).orElse("");
            default -> value.toString();
        };
    }
}
