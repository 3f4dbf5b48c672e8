package org.nixlab.lab.method;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.nixlab.base.LabException;
import org.nixlab.lab.method.CallListener.Call;
import org.nixlab.model.NearNames;

/** All methods of machines. */
public final class MachineMethods {
    private static final Map<String, MachineMethod> TABLE = Stream.of(
                    CommandMethods.all(),
                    UnitMethods.all(),
                    WaitMethods.all(),
                    PowerMethods.all(),
                    QemuMethods.all(),
                    CopyMethods.all(),
                    NetworkMethods.all(),
                    ConsoleMethods.all(),
                    ScreenMethods.all(),
                    SystemMethods.all())
            .flatMap(List::stream)
            .collect(Collectors.toMap(MachineMethod::name, Function.identity(), MachineMethods::twice, TreeMap::new));

    private MachineMethods() {}

    private static MachineMethod twice(MachineMethod one, MachineMethod other) {
        throw new IllegalStateException("two methods are called " + one.name());
    }

    /** Returns them sorted by name. */
    public static List<MachineMethod> all() {
        return List.copyOf(TABLE.values());
    }

    /** Returns the method of a name, in camelCase or snake_case. */
    public static Optional<MachineMethod> of(String name) {
        return Optional.ofNullable(TABLE.get(name)).or(() -> Optional.ofNullable(TABLE.get(CamelCase.of(name))));
    }

    /**
     * Calls a method.
     *
     * @param name in camelCase or snake_case
     * @return plain data: texts, numbers, booleans, null, lists and maps of them; or a {@link org.nixlab.talk.Result}
     * @throws LabException (usage) if there is no such method, or it does not take these arguments; else as what it does
     */
    public static Object call(MethodTarget machine, String name, List<?> positional, Map<String, ?> named) {
        var method = of(name).orElseThrow(() -> unknown(name));
        var end = machine.calls().began(new Call(machine.name(), method.name(), method.subject(positional, named)));
        try {
            var value = method.call(machine, positional, named);
            end.ended(Optional.empty());
            return value;
        } catch (RuntimeException e) {
            end.ended(Optional.of(e));
            throw e;
        }
    }

    private static LabException unknown(String name) {
        var near = NearNames.of(CamelCase.of(name), TABLE.keySet());
        return LabException.input(
                "a machine has no method '" + name + "'",
                "",
                near.isEmpty() ? "" : "did you mean '" + near.get(0) + "'?");
    }
}
