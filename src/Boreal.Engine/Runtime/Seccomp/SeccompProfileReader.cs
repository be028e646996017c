using System.Text.Json;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>Reads a profile in Docker's format: the runtime-spec's, with conditions on architecture, capabilities and kernel.</summary>
internal static class SeccompProfileReader
{
    /// <exception cref="EngineException">The text is not such a profile.</exception>
    public static SeccompProfile Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            return Profile(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new EngineException(ErrorKind.Internal, $"Decoding seccomp profile failed: {exception.Message}", exception);
        }
    }

    private static SeccompProfile Profile(JsonElement root)
    {
        var profile = new SeccompProfile
        {
            DefaultAction = Text(root, "defaultAction") ?? "",
            DefaultErrno = Number(root, "defaultErrnoRet"),
            FixedArchitectures = Texts(root, "architectures"),
            Architectures = [.. Items(root, "archMap").Select(item => new SeccompArchitecture(Text(item, "architecture") ?? "", Texts(item, "subArchitectures")))],
            Flags = Texts(root, "flags"),
            ListenerPath = Text(root, "listenerPath"),
            ListenerMetadata = Text(root, "listenerMetadata"),
            Rules = [.. Items(root, "syscalls").Select(Rule)],
        };
        return profile.FixedArchitectures.Count > 0 && profile.Architectures.Count > 0
            ? throw Invalid("both 'architectures' and 'archMap' are specified in the seccomp profile, use either 'architectures' or 'archMap'")
            : profile;
    }

    private static SeccompRule Rule(JsonElement item)
    {
        var names = Texts(item, "names");
        if (Text(item, "name") is { Length: > 0 } name)
            names = names.Count == 0 ? [name] : throw Invalid("both 'name' and 'names' are specified in the seccomp profile, use either 'name' or 'names'");
        return new SeccompRule(names, Text(item, "action") ?? "")
        {
            Errno = Number(item, "errnoRet"),
            Arguments = [.. Items(item, "args").Select(Argument)],
            Includes = Condition(item, "includes"),
            Excludes = Condition(item, "excludes"),
        };
    }

    private static SeccompArgument Argument(JsonElement item) => new(
        Number(item, "index") ?? 0,
        item.TryGetProperty("value", out var value) ? value.GetUInt64() : 0,
        item.TryGetProperty("valueTwo", out var second) ? second.GetUInt64() : null,
        Text(item, "op") ?? "");

    private static SeccompCondition? Condition(JsonElement rule, string property)
    {
        if (!rule.TryGetProperty(property, out var item) || item.ValueKind is JsonValueKind.Null) return null;
        return new SeccompCondition
        {
            Capabilities = Texts(item, "caps"),
            Architectures = Texts(item, "arches"),
            MinimumKernel = Text(item, "minKernel") is { Length: > 0 } version ? Kernel(version) : null,
        };
    }

    private static Version Kernel(string text) =>
        text.Count(character => character == '.') == 1 && Version.TryParse(text, out var version) && version > new Version(0, 0)
            ? version
            : throw Invalid($"Decoding seccomp profile failed: invalid kernel version: {text}, expected \"<kernel>.<major>\"");

    private static List<JsonElement> Items(JsonElement parent, string property) =>
        parent.TryGetProperty(property, out var items) && items.ValueKind is not JsonValueKind.Null ? [.. items.EnumerateArray()] : [];

    private static IReadOnlyList<string> Texts(JsonElement parent, string property) => [.. Items(parent, property).Select(item => item.GetString() ?? "")];

    private static string? Text(JsonElement parent, string property) => parent.TryGetProperty(property, out var value) ? value.GetString() : null;

    private static uint? Number(JsonElement parent, string property) =>
        parent.TryGetProperty(property, out var value) && value.ValueKind is not JsonValueKind.Null ? value.GetUInt32() : null;

    private static EngineException Invalid(string message) => new(ErrorKind.Internal, message);
}
