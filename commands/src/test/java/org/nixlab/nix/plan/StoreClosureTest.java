package org.nixlab.nix.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.model.GuestFile;
import org.nixlab.model.StoreItem;
import org.nixlab.nix.complaint.NixException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoreClosureTest {
    private static final String A = "/nix/store/" + "a".repeat(32) + "-alpha";
    private static final String B = "/nix/store/" + "b".repeat(32) + "-beta";
    private static final String C = "/nix/store/" + "c".repeat(32) + "-gamma";

    @TempDir
    Path root;

    @Test
    void mentionedItemsComeBeforeThoseThatMentionThem() throws IOException {
        put(A, "runs " + B + "/bin/x.");
        put(B, "nixlab-recipe\n{\"kind\":\"join\",\"paths\":[\"" + C + "\"]}");
        put(C, "text");
        var closure = closure();

        closure.addMentionedBy("see " + A + ".");

        assertThat(closure.items())
                .containsExactly(
                        new StoreItem.Copy(C, store().onHost(C)),
                        new StoreItem.Join(B, List.of(C)),
                        new StoreItem.Copy(A, store().onHost(A)));
    }

    @Test
    void everyKindOfRecipeIsRead() throws IOException {
        put(
                A,
                "nixlab-recipe\n{\"kind\":\"package\",\"packages\":[\"postgresql-15\"],\"bin\":[\"/usr/lib/postgresql/15/bin\"]}");
        put(B, "nixlab-recipe\n{\"kind\":\"script\",\"text\":\"#!/bin/sh\\n\"}");
        put(C, "nixlab-recipe\n{\"kind\":\"links\",\"links\":{\"a\":\"/b\"}}");
        var d = "/nix/store/" + "d".repeat(32) + "-delta";
        put(d, "nixlab-recipe\n{\"kind\":\"bin\",\"name\":\"hello\",\"text\":\"#!/bin/sh\\n\"}");
        var closure = closure();

        closure.addMentionedBy(String.join(" ", A, B, C, d));

        assertThat(closure.items())
                .containsExactly(
                        new StoreItem.PackagePrefix(A, List.of("postgresql-15"), List.of("/usr/lib/postgresql/15/bin")),
                        new StoreItem.Script(B, "#!/bin/sh\n"),
                        new StoreItem.Links(C, Map.of("a", "/b")),
                        new StoreItem.ScriptPackage(d, "hello", "#!/bin/sh\n"));
    }

    @Test
    void whatAScriptIsRunWithIsNotTheMachines() throws IOException {
        put(
                A,
                "nixlab-recipe\n{\"kind\":\"run\",\"text\":\"cat " + B
                        + "\",\"environment\":{\"name\":\"x\"},\"packages\":[\"jq\"]}");
        put(B, "see " + C);
        put(C, "text");
        var closure = closure();

        closure.addMentionedBy(A);

        assertThat(closure.items())
                .containsExactly(new StoreItem.Built(
                        A,
                        "cat " + B,
                        Map.of("name", "x"),
                        List.of("jq"),
                        List.of(new StoreItem.Copy(C, store().onHost(C)), new StoreItem.Copy(B, store().onHost(B)))));
    }

    @Test
    void itemIsListedOnce() throws IOException {
        put(A, A + " and " + A);
        var closure = closure();

        closure.addMentionedBy(A + A);
        closure.addMentionedBy(A);

        assertThat(closure.items()).hasSize(1);
    }

    @Test
    void mentionAcrossTwoChunksOfABigFileIsFound() throws IOException {
        put(A, "x".repeat((1 << 16) - 20) + B + "x".repeat(1 << 16));
        put(B, "text");
        var closure = closure();

        closure.addMentionedBy(A);

        assertThat(closure.items()).extracting(StoreItem::path).containsExactly(B, A);
    }

    @Test
    void copiedFileIsNotItselfInTheStoreButWhatItMentionsIs() throws IOException {
        put(A, "uses " + B);
        put(B, "text");
        var closure = closure();

        var content = closure.contentOf(A);

        assertThat(content).isEqualTo(new GuestFile.Copy(store().onHost(A)));
        assertThat(closure.items()).extracting(StoreItem::path).containsExactly(B);
    }

    @Test
    void fileOfAPackageIsALinkBecauseOnlyTheGuestHasIt() throws IOException {
        put(A, "nixlab-recipe\n{\"kind\":\"package\",\"packages\":[\"nginx\"]}");
        var closure = closure();

        var content = closure.contentOf(A + "/conf/mime.types");

        assertThat(content).isEqualTo(new GuestFile.Link(A + "/conf/mime.types"));
        assertThat(closure.items()).extracting(StoreItem::path).containsExactly(A);
    }

    @Test
    void directoryIsCopiedAsATree() throws IOException {
        Files.createDirectories(store().onHost(A).resolve("sub"));
        var closure = closure();

        closure.addMentionedBy(A + "/sub");

        assertThat(closure.items()).containsExactly(new StoreItem.Copy(A, store().onHost(A)));
    }

    @Test
    void pathThatNobodyBuiltIsRefused() {
        var closure = closure();

        assertThatThrownBy(() -> closure.addMentionedBy("exec " + B + "/bin/x"))
                .isInstanceOf(NixException.class)
                .hasMessage("the configuration mentions " + B + ", which does not exist");
    }

    private void put(String storePath, String content) throws IOException {
        var file = store().onHost(storePath);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private StoreClosure closure() {
        return new StoreClosure(store(), store().entries());
    }

    private PrivateStore store() {
        return new PrivateStore(root);
    }
}
