package dev.culvert.topologies;

import java.util.regex.Pattern;

/**
 * What a network device may be called here. The kernel takes 1 to 15 bytes without slash, colon and white space
 * ({@code dev_valid_name} in net/core/dev.c). A dot is left out too, because it separates the parts of a sysctl's name.
 */
public final class DeviceName {

    /** What is allowed, for people. */
    public static final String ALLOWED =
            "a device name: 1 to 15 letters, digits, underscores and hyphens, a letter first";

    /** The same as a regular expression. */
    public static final Pattern PATTERN = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,14}");

    private DeviceName() {}

    public static boolean isValid(String text) {
        return PATTERN.matcher(text).matches();
    }
}
