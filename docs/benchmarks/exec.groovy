// How long `true` takes on a machine, through an exec channel that is warm.
// nixlab script docs/benchmarks/exec.groovy [COUNT]

network '../../scripts-examples/seed/network.nix'

run()

def count = args ? args[0].toInteger() : 200
for (machine in machines) {
    20.times { machine.succeed 'true' }
    def times = (1..count).collect {
        long begin = System.nanoTime()
        machine.succeed 'true'
        (System.nanoTime() - begin) / 1e6
    }.sort()
    println sprintf('%s: exec true, %d times: median %.1f ms, best tenth %.1f ms, worst tenth %.1f ms',
            machine.name, count, times[count.intdiv(2)], times[count.intdiv(10)], times[(count * 9).intdiv(10)])
}
