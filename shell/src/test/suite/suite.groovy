// Calls the methods of machines in turn, each as expectations.json has it.
import groovy.json.JsonSlurper

import org.nixlab.base.LabException
import org.nixlab.talk.Result

run()

def has(value, part) {
    if (part instanceof Map) {
        return value instanceof Map && part.every { key, wanted -> has(value[key], wanted) }
                || value instanceof List && value.any { has(it, part) }
    }
    value == part
}

def holds(value, expected) {
    if (expected.containsKey('equals')) {
        return value == expected.equals
    }
    expected.has ? has(value, expected.has) : value.toString() =~ expected.matches
}

def outcome(entry) {
    def machine = lab[entry.on ?: 'a']
    if (entry.before) {
        machine.succeed entry.before
    }
    def arguments = (entry.named ? [entry.named] : []) + (entry.with ?: [])
    try {
        def value = machine."$entry.call"(*arguments)
        [value: value instanceof Result ? [exitCode: value.exitCode, out: value.out] : value]
    } catch (LabException e) {
        [failure: e.message]
    }
}

new JsonSlurper().parse(new File('expectations.json')).findAll { it.only != 'python' }.each { entry ->
    step(entry.call) {
        def came = outcome(entry)
        def expected = entry.fails ? came.failure =~ entry.fails : !came.failure && holds(came.value, entry)
        assert expected, "$entry came to $came"
    }
}
