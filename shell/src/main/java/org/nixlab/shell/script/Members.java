package org.nixlab.shell.script;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import groovy.lang.MissingMethodException;
import org.codehaus.groovy.runtime.InvokerHelper;

/** The methods of the objects that scripts handle. */
final class Members {
    private Members() {}

    /** Returns the names scripts can use behind a dot, sorted: properties as they are, methods with their bracket. */
    static List<String> of(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .flatMap(Members::name)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> name(Method method) {
        var name = method.getName();
        if (name.equals("methodMissing") || name.equals("propertyMissing") || name.contains("$")) {
            return Stream.empty();
        }
        if (name.matches("get[A-Z].*") && method.getParameterCount() == 0) {
            return Stream.of(name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4));
        }
        return Stream.of(name + "(");
    }

    /** Calls the method whose name in snake_case is given. */
    static Object callSnakeCase(Object target, String name, Object[] arguments) {
        var camel = camelCase(name);
        if (camel.equals(name) || !has(target.getClass(), camel)) {
            throw new MissingMethodException(name, target.getClass(), arguments);
        }
        return InvokerHelper.invokeMethod(target, camel, arguments);
    }

    static boolean has(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals(name));
    }

    static String camelCase(String name) {
        var camel = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' && i > 0 && i + 1 < name.length()) {
                camel.append(Character.toUpperCase(name.charAt(++i)));
            } else {
                camel.append(c);
            }
        }
        return camel.toString();
    }
}
