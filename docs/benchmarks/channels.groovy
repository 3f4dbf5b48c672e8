// nixlab's channels beside the classic protocol of the NixOS test driver and beside bare floors, on one machine, in turns.
// shell/bin/nixlab script docs/benchmarks/channels.groovy [ROUNDS]

import java.nio.ByteBuffer
import java.nio.channels.SocketChannel
import java.nio.file.Path

network 'channels.nix'

run('--use-backdoor')

def rounds = args ? args[0].toInteger() : 5
def m = machines.first()

/** A plain client of a UNIX socket. */
class Plain implements Closeable {
    final SocketChannel channel

    Plain(Path socket) {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket.toRealPath()))
    }

    void send(String text) {
        def bytes = ByteBuffer.wrap(text.getBytes('UTF-8'))
        while (bytes.hasRemaining()) channel.write(bytes)
    }

    /** As the driver does: up to a piece that ends with a newline. */
    String line() {
        def line = new ByteArrayOutputStream()
        def piece = ByteBuffer.allocate(1 << 16)
        do {
            assert channel.read(piece.clear()) > 0
            line.write(piece.array(), 0, piece.position())
        } while (piece.get(piece.position() - 1) != 10)
        line.toString('UTF-8').stripTrailing()
    }

    void take(long count) {
        def piece = ByteBuffer.allocate(1 << 16)
        while (count > 0) {
            int read = channel.read(piece.clear())
            assert read > 0
            count -= read
        }
    }

    void close() { channel.close() }
}

/** The driver of nixpkgs 26.11: the pipeline with its time-out, then a second round trip for the exit code. */
class Classic extends Plain {
    Classic(Path socket) {
        super(socket)
        send "\necho NIXLAB-BENCH\n"
        while (!line().endsWith('NIXLAB-BENCH')) { }
    }

    byte[] execute(String command) {
        send "timeout 900 bash -c 'set -euo pipefail; ${command}' | (base64 -w 0; echo)\n"
        def output = line().decodeBase64()
        send 'echo ${PIPESTATUS[0]}\n'
        assert line() == '0'
        output
    }

    void fork() {
        send '(:); echo\n'
        line()
    }
}

def time = { Closure work ->
    long begin = System.nanoTime()
    work()
    (System.nanoTime() - begin) / 1e6
}
def median = { List<Double> values -> values.sort()[values.size().intdiv(2)] }
/** Measures both in turns, several times, and shows how they compare. */
def compare = { String what, int count, Closure ours, String other, Closure theirs, String unit ->
    def first = [], second = []
    rounds.times {
        def a = (1..count).collect { time(ours) }, b = (1..count).collect { time(theirs) }
        first << median(a)
        second << median(b)
    }
    def ratios = [first, second].transpose().collect { it[1] / it[0] }.sort()
    println sprintf('%-32s %9.1f ms   %-24s %9.1f ms   %-13s %5.2f (%.2f to %.2f)', what, median(first), other, median(second),
            unit, median(ratios), ratios.first(), ratios.last())
}

int size = 64 << 20
def sockets = Path.of("${m.name}.socket").toRealPath().resolveSibling(m.name)
def classic = new Classic(sockets.resolve('backdoor'))
if (!sockets.resolve('bench').toFile().exists()) {
    m.qmp('chardev-add {"id": "bench", "backend": {"type": "socket", "data": {"addr": {"type": "unix", "data":' +
            ' {"path": "' + sockets.resolve('bench') + '"}}, "server": true, "wait": false}}}')
    m.qmp('device_add {"driver": "virtserialport", "bus": "nixlab.0", "id": "bench", "chardev": "bench", "name": "bench"}')
}
def bare = new Plain(sockets.resolve('bench'))
m.waitForFile('/dev/virtio-ports/bench')
/** From the guest over a port that nothing else uses. */
def catOut = {
    def sender = Thread.start { m.succeed('cat /root/block > /dev/virtio-ports/bench') }
    bare.take(size)
    sender.join()
}
/** The other way. */
def catIn = {
    def taker = Thread.start { m.succeed("head -c $size /dev/virtio-ports/bench > /dev/null") }
    def piece = ByteBuffer.allocate(1 << 16)
    for (long sent = 0; sent < size;) sent += bare.channel.write(piece.clear())
    taker.join()
}

m.succeed("head -c $size /dev/urandom > /root/block; cat /root/block > /dev/null")
def block = java.nio.file.Files.createTempFile('nixlab-block', '')
new RandomAccessFile(block.toFile(), 'rw').withCloseable { file ->
    def piece = new byte[1 << 20]
    (size >> 20).times { new Random(it).nextBytes(piece); file.write(piece) }
}
def back = block.resolveSibling(block.fileName.toString() + '-back')

compare('exec true', 100, { m.succeed('true') }, 'classic', { classic.execute('true') }, 'times faster:')
compare('exec true', 100, { m.succeed('true') }, 'fork on a bare socket', { classic.fork() }, 'floor/ours:')
compare('exec systemctl is-active httpd', 20, { m.succeed('systemctl is-active httpd') }, 'on a bare socket', {
    classic.send 'systemctl is-active httpd\n'
    classic.line()
}, 'floor/ours:')
def eight = (1..rounds).collect { time { (1..8).collect { Thread.start { m.succeed('sleep 1') } }*.join() } }
println sprintf('%-32s %9.1f ms   (%.1f to %.1f)', '8 times sleep 1, at once', median(eight), eight.min(), eight.max())
compare('64 MiB of output', 1, { m.execute('cat /root/block') }, 'cat on a bare port', catOut, 'floor/ours:')
// It is slow, so a sixteenth must do, and a console drops what comes too fast: what arrived counts.
def rates = (1..rounds).collect {
    def ours = time { m.execute('cat /root/block') }
    int came = 0
    def theirs = time { came = classic.execute('head -c 4194304 /root/block').length } * size / came
    [theirs / ours, theirs, came / 4194304d]
}.sort { it[0] }
def middle = rates[rounds.intdiv(2)]
println sprintf('%-32s %12s   %-24s %9.1f ms   %-13s %5.2f (%.2f to %.2f); it lost %.0f %%', '64 MiB of output', '', 'classic, at its rate',
        middle[1], 'times faster:', middle[0], rates.first()[0], rates.last()[0], 100 * (1 - middle[2]))
compare('copy 64 MiB in', 1, { m.copyIn(block, '/root/in') }, 'cat on a bare port', catIn, 'floor/ours:')
compare('copy 64 MiB out', 1, { m.copyOut('/root/block', back) }, 'cat on a bare port', catOut, 'floor/ours:')

/** What a key costs until it is seen: attach on a terminal of its own, nixlab's start not counted. */
def attach = new ProcessBuilder('script', '-qefc', "../../shell/bin/nixlab --lab channels attach ${m.name}", '/dev/null')
        .directory(new File('docs/benchmarks')).start()
def seen = new StringBuilder()
def until = { String wanted ->
    while (!seen.toString().contains(wanted)) {
        int c = attach.inputStream.read()
        assert c >= 0: seen
        seen.append((char) c)
    }
    seen.setLength(0)
}
def type = { String text -> attach.outputStream.write(text.bytes); attach.outputStream.flush() }
until('~]# ')
type("PS1='rea''dy '; stty -echoctl\n")
until('ready ')
def keys = ('a'..'z').collect { String key -> time { type(key); until(key) } } + ('a'..'z').collect { String key -> time { type(key); until(key) } }
println sprintf('%-32s %9.1f ms   (%.1f to %.1f)', 'a key in attach', median(keys), keys.min(), keys.max())
attach.outputStream.write(3)
attach.outputStream.flush()
attach.destroy()

classic.close()
bare.close()
[block, back]*.toFile()*.delete()
