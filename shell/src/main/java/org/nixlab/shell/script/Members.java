package org.nixlab.shell.script;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import groovy.lang.MissingMethodException;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.nixlab.command.verb.Verb;
import org.nixlab.lab.method.CamelCase;
import org.nixlab.lab.method.KeptShells;
import org.nixlab.lab.method.MachineMethod;
import org.nixlab.lab.method.MachineMethods;

/** The methods of the objects that scripts handle. */
final class Members {
    private Members() {}

    /** Returns the names scripts can use behind a dot, sorted: properties as they are, methods with their bracket. */
    static List<String> of(Class<?> type) {
        var table = MachineMethods.all().stream()
                .map(MachineMethod::name)
                .filter(name ->
                        type == ScriptMachine.class || type == ScriptShell.class && KeptShells.METHODS.contains(name));
        var own = Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .flatMap(Members::name);
        return Stream.concat(own, table.map(name -> name + "("))
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
        var camel = CamelCase.of(name);
        if (camel.equals(name) || !has(target.getClass(), camel)) {
            throw new MissingMethodException(name, target.getClass(), arguments);
        }
        return InvokerHelper.invokeMethod(target, camel, arguments);
    }

    static boolean has(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals(name));
    }

    /** Returns whether machines have a method. */
    static boolean ofMachine(String name) {
        return MachineMethods.of(name).isPresent() || has(ScriptMachine.class, name);
    }

    /** Returns the names of all that can be called on a machine, Groovy's own included. */
    static Set<String> ofMachines() {
        var names = callable(ScriptMachine.class);
        MachineMethods.all().forEach(method -> names.add(method.name()));
        return names;
    }

    /** Returns the names of all that scripts can call without a dot, Groovy's own and the verbs included. */
    static Set<String> ofScripts() {
        var names = callable(LabScript.class);
        names.addAll(Verb.allWords());
        names.addAll(List.of("buildVms", LabScript.RUN_VERB));
        return names;
    }

    private static Set<String> callable(Class<?> type) {
        var names = new HashSet<String>();
        var groovy = InvokerHelper.getMetaClass(type);
        groovy.getMethods().forEach(method -> names.add(method.getName()));
        groovy.getMetaMethods().forEach(method -> names.add(method.getName()));
        return names;
    }

    /** Returns the words of the language of scenarios, and what else each script can say by itself. */
    static Set<String> words() {
        return Arrays.stream(LabScript.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toSet());
    }
}
