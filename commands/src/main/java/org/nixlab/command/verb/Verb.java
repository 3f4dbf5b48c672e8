package org.nixlab.command.verb;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.nixlab.command.Action;

/**
 * A verb: its words and what it is for. Knowing the verbs loads none of their classes, because building picocli's models
 * of all of them would be most of the start-up time.
 */
public enum Verb {
    LOAD(Group.NETWORKS, "read a network file and open its lab", "load"),
    RELOAD(Group.NETWORKS, "read the network file again", "reload"),
    CHECK(Group.NETWORKS, "read many network files, and tell which load", "check"),
    BUILD(Group.NETWORKS, "build the machines", "build"),
    OPTIONS(Group.NETWORKS, "list and explain the options of a network file", "options"),
    SHOW(Group.NETWORKS, "show what a machine is declared to be", "show"),
    IMAGES(Group.NETWORKS, "list or prune the cached images", "images"),
    BUILD_VMS(Group.NETWORKS, "build a network as nixos-build-vms does", "build-vms"),
    RUN(Group.MACHINES, "build what is stale and start machines", "run", "up", "start"),
    STOP(Group.MACHINES, "shut machines down", "stop"),
    KILL(Group.MACHINES, "pull the plug", "kill"),
    RESTART(Group.MACHINES, "stop and run again", "restart"),
    MACHINE(Group.MACHINES, "add machines that somebody else built", "machine"),
    STATUS(Group.MACHINES, "show how the machines are", "status", "ps"),
    EXEC(Group.TALKING, "run a command on machines", "exec"),
    ATTACH(Group.TALKING, "open a terminal on a machine", "attach"),
    COPY(Group.TALKING, "copy files into machines and out of them", "copy"),
    EDIT(Group.TALKING, "edit a file of a machine", "edit"),
    FORWARD(Group.TALKING, "reach a port of a machine from this host", "forward"),
    OPEN(Group.TALKING, "open a port of a machine in the browser", "open"),
    SSH_CONFIG(Group.TALKING, "print what ssh needs to log in to machines", "ssh-config"),
    LOGS(Group.TALKING, "show the journal of a machine", "logs"),
    CONSOLE(Group.TALKING, "show what the serial console printed", "console"),
    SCREENSHOT(Group.HARDWARE, "take a picture of a machine's screen", "screenshot"),
    TYPE(Group.HARDWARE, "type a text on a machine's keyboard", "type"),
    KEY(Group.HARDWARE, "press keys of a machine", "key"),
    QMP(Group.HARDWARE, "ask QEMU's machine protocol", "qmp"),
    HMP(Group.HARDWARE, "ask QEMU's monitor", "hmp"),
    SCRIPT(Group.SHELL, "run a scenario", "script"),
    HISTORY(Group.SHELL, "show the lines typed before", "history"),
    HELP(Group.SHELL, "explain a command or a topic", "help"),
    DETACH(Group.SHELL, "leave the shell; machines go on", "detach"),
    EXIT(Group.SHELL, "leave the shell; machines go on", "exit", "quit");

    private final Group group;
    private final String summary;
    private final List<String> words;

    Verb(Group group, String summary, String... words) {
        this.group = group;
        this.summary = summary;
        this.words = Arrays.asList(words);
    }

    /** Returns the verb a word stands for. */
    public static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.words.contains(word)).findFirst();
    }

    /** Returns all words that are verbs, aliases included. */
    public static List<String> allWords() {
        return Arrays.stream(values()).flatMap(verb -> verb.words.stream()).toList();
    }

    /** Returns its proper word. */
    public String word() {
        return words.get(0);
    }

    /** Returns the other words for it. */
    public List<String> aliases() {
        return words.subList(1, words.size());
    }

    public String summary() {
        return summary;
    }

    public Group group() {
        return group;
    }

    /** Returns a fresh command with its options not yet filled in. */
    Action create() {
        return switch (this) {
            case LOAD -> new LoadCommand();
            case RELOAD -> new ReloadCommand();
            case CHECK -> new CheckCommand();
            case BUILD -> new BuildCommand();
            case OPTIONS -> new OptionsCommand();
            case SHOW -> new ShowCommand();
            case IMAGES -> new ImagesCommand();
            case BUILD_VMS -> new BuildVmsCommand();
            case RUN -> new RunCommand();
            case STOP -> new StopCommand();
            case KILL -> new KillCommand();
            case RESTART -> new RestartCommand();
            case MACHINE -> new MachineCommand();
            case STATUS -> new StatusCommand();
            case EXEC -> new ExecCommand();
            case ATTACH -> new AttachCommand();
            case COPY -> new CopyCommand();
            case EDIT -> new EditCommand();
            case FORWARD -> new ForwardCommand();
            case OPEN -> new OpenCommand();
            case SSH_CONFIG -> new SshConfigCommand();
            case LOGS -> new LogsCommand();
            case CONSOLE -> new ConsoleCommand();
            case SCREENSHOT -> new ScreenshotCommand();
            case TYPE -> new TypeCommand();
            case KEY -> new KeyCommand();
            case QMP -> new QmpCommand();
            case HMP -> new HmpCommand();
            case SCRIPT -> new ScriptCommand();
            case HISTORY -> new HistoryCommand();
            case HELP -> new HelpCommand();
            case DETACH -> new DetachCommand();
            case EXIT -> new ExitCommand();
        };
    }

    /** What verbs have to do with each other, for the overview. */
    public enum Group {
        NETWORKS("Networks"),
        MACHINES("Machines"),
        TALKING("Talking to machines"),
        HARDWARE("Screen, keyboard and QEMU"),
        SHELL("The shell");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }
}
