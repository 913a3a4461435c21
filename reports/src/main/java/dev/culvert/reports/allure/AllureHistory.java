package dev.culvert.reports.allure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What earlier runs gave, handed from one Allure report to the next. Allure reads it from the directory {@code history} of the results;
 * a report in a single file keeps the new one inside itself, as {@code d('history/NAME.json','BASE64')}.
 */
final class AllureHistory {

    private static final String DIRECTORY = "history";
    private static final Pattern EMBEDDED = Pattern.compile("d\\('history/([a-z-]+\\.json)','([A-Za-z0-9+/=]*)'\\)");

    private AllureHistory() {}

    /** Copies the kept history, if there is any, into a directory of results. */
    static void restore(Path kept, Path results) throws IOException {
        if (!Files.isDirectory(kept)) {
            return;
        }
        Path target = Files.createDirectories(results.resolve(DIRECTORY));
        try (Stream<Path> files = Files.list(kept)) {
            for (Path file : files.toList()) {
                Files.write(target.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
    }

    /** Keeps the history that a report in a single file holds; throws {@link IOException} when it holds none. */
    static void keep(String report, Path kept) throws IOException {
        Matcher embedded = EMBEDDED.matcher(report);
        boolean found = false;
        while (embedded.find()) {
            found = true;
            Files.createDirectories(kept);
            Files.write(kept.resolve(embedded.group(1)), Base64.getDecoder().decode(embedded.group(2)));
        }
        if (!found) {
            throw new IOException("the Allure report holds no history of this run");
        }
    }

    /** The number of the run that a directory of results is about: one more than the last in its history. */
    static int nextBuild(Path results) throws IOException {
        Path trend = results.resolve(DIRECTORY).resolve("history-trend.json");
        if (!Files.exists(trend)) {
            return 1;
        }
        String text = Files.readString(trend, StandardCharsets.UTF_8);
        return 1
                + JsonMapper.builder()
                        .build()
                        .readTree(text)
                        .path(0)
                        .path("buildOrder")
                        .asInt(0);
    }
}
