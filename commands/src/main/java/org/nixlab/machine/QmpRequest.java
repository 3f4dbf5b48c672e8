package org.nixlab.machine;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.nixlab.base.LabException;

/** Requests to QEMU's machine protocol as {@link Monitor#qmp} takes them. */
public final class QmpRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private QmpRequest() {}

    /**
     * Returns the text of a request.
     *
     * @param request its text, or a map as QEMU's reference writes it
     * @param arguments of the command whose name the request is; none if it has its own
     * @throws LabException (usage) if it is none of these
     */
    public static String text(Object request, Map<String, ?> arguments) {
        try {
            if (!(request instanceof Map<?, ?>)) {
                return arguments.isEmpty() ? request.toString() : request + " " + JSON.writeValueAsString(arguments);
            }
            return JSON.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw LabException.input("the request is no plain data: " + e.getOriginalMessage(), "", "");
        }
    }
}
