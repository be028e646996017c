using System.Text.Json;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime.Security;
using Boreal.Engine.Runtime.Users;

namespace Boreal.Engine.Runtime.Bundles;

/// <summary>The runtime-spec's process object.</summary>
internal static class ProcessSection
{
    public static void Write(Utf8JsonWriter json, ProcessDescription process)
    {
        json.WriteStartObject();
        if (process.Tty) json.WriteBoolean("terminal", true);
        if (process is { Tty: true, ConsoleSize: { Height: > 0, Width: > 0 } size })
        {
            json.WriteStartObject("consoleSize");
            json.WriteNumber("height", size.Height);
            json.WriteNumber("width", size.Width);
            json.WriteEndObject();
        }

        WriteUser(json, process.User);
        WriteTexts(json, "args", process.Arguments);
        WriteTexts(json, "env", WithHome(process));
        json.WriteString("cwd", process.WorkingDirectory.Length > 0 ? process.WorkingDirectory : "/");
        WriteCapabilities(json, process.Capabilities);
        WriteLimits(json, process.Ulimits);
        if (process.NoNewPrivileges) json.WriteBoolean("noNewPrivileges", true);
        if (!string.IsNullOrEmpty(process.AppArmorProfile)) json.WriteString("apparmorProfile", process.AppArmorProfile);
        json.WriteNumber("oomScoreAdj", process.OomScoreAdj);
        json.WriteEndObject();
    }

    // runc gives this home to users without an account; crun gives them an empty one.
    private static IEnumerable<string> WithHome(ProcessDescription process) =>
        process.User.IsStranger && !process.Environment.Any(variable => variable.StartsWith("HOME=", StringComparison.Ordinal))
            ? process.Environment.Append("HOME=/")
            : process.Environment;

    public static void WriteTexts(Utf8JsonWriter json, string property, IEnumerable<string> texts)
    {
        json.WriteStartArray(property);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteUser(Utf8JsonWriter json, ProcessUser user)
    {
        json.WriteStartObject("user");
        json.WriteNumber("uid", user.Uid);
        json.WriteNumber("gid", user.Gid);
        json.WriteStartArray("additionalGids");
        foreach (var gid in user.AdditionalGids) json.WriteNumberValue(gid);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Nothing is inheritable, or a program with file capabilities would get more than its user may.</summary>
    private static void WriteCapabilities(Utf8JsonWriter json, Capabilities capabilities)
    {
        json.WriteStartObject("capabilities");
        if (capabilities.Bits != 0)
        {
            foreach (var set in (string[])["bounding", "effective", "permitted"]) WriteTexts(json, set, capabilities.ToNames());
        }

        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, IReadOnlyList<UlimitSpec> limits)
    {
        if (limits.Count == 0) return;
        json.WriteStartArray("rlimits");
        foreach (var limit in limits)
        {
            json.WriteStartObject();
            json.WriteString("type", $"RLIMIT_{limit.Name.ToUpperInvariant()}");
            json.WriteNumber("hard", (ulong)limit.Hard);
            json.WriteNumber("soft", (ulong)limit.Soft);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
