package org.nixlab.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the names a user may have meant. */
public final class NearNames {
    private static final int MOST = 3;

    private NearNames() {}

    /** Returns at most three of {@code names} that are close to {@code wrong}, the closest first. */
    public static List<String> of(String wrong, Collection<String> names) {
        return of(wrong, names, Math.max(1, wrong.length() / 3));
    }

    /** @param limit how many changes lead to a name that is close */
    public static List<String> of(String wrong, Collection<String> names, int limit) {
        record Candidate(String name, int distance) {}
        return names.stream()
                .map(name -> new Candidate(name, distance(wrong, name, limit)))
                .filter(candidate -> candidate.distance <= limit)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /** Returns the number of insertions, deletions, changes and swaps of neighbours between both, as far as the limit. */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int step(int[][] table, String a, String b, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(table[i - 1][j - 1] + same, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
            best = Math.min(best, table[i - 2][j - 2] + 1);
        }
        return best;
    }
}
