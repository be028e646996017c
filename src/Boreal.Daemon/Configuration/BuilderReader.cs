using System.Text.Json;
using Boreal.Build.Builds;
using Boreal.Notation;

namespace Boreal.Daemon.Configuration;

/// <summary>The <c>builder</c> part of the configuration file, with the keys of dockerd's, older and newer.</summary>
internal static class BuilderReader
{
    private const string Name = "builder";

    /// <exception cref="ConfigurationException">A key or value is none.</exception>
    public static BuilderOptions Read(string json)
    {
        var options = new BuilderOptions();
        using var document = Parse(json);
        foreach (var part in Members(document.RootElement, Name))
        {
            options = part.Name switch
            {
                "gc" => ReadCollection(part.Value, options),
                "entitlements" or "Entitlements" => ReadEntitlements(part.Value, options),
                _ => throw Unknown($"{Name}.{part.Name}"),
            };
        }

        return options;
    }

    private static BuilderOptions ReadEntitlements(JsonElement element, BuilderOptions options)
    {
        var allowed = options.Entitlements.ToHashSet();
        foreach (var member in Members(element, $"{Name}.entitlements"))
        {
            var name = member.Name switch
            {
                "network-host" => BuilderOptions.HostNetwork,
                "security-insecure" => BuilderOptions.Insecure,
                _ => throw Unknown($"{Name}.entitlements.{member.Name}"),
            };
            if (Switch(member))
                allowed.Add(name);
            else
                allowed.Remove(name);
        }

        return options with { Entitlements = allowed };
    }

    private static BuilderOptions ReadCollection(JsonElement element, BuilderOptions options)
    {
        foreach (var member in Members(element, $"{Name}.gc"))
        {
            options = member.Name switch
            {
                "enabled" => options with { CollectsGarbage = Switch(member) },
                "defaultKeepStorage" or "defaultReservedSpace" or "defaultMaxUsedSpace" => options with { KeepStorage = Size(member) },
                "policy" when member.Value.ValueKind is JsonValueKind.Array => options with { Rules = [.. member.Value.EnumerateArray().Select(ReadRule)] },
                _ => throw Unknown($"{Name}.gc.{member.Name}"),
            };
        }

        return options;
    }

    private static CacheRule ReadRule(JsonElement element)
    {
        var rule = new CacheRule();
        foreach (var member in Members(element, $"{Name}.gc.policy"))
        {
            rule = member.Name switch
            {
                "all" => rule with { All = Switch(member) },
                "keepStorage" or "reservedSpace" => rule with { ReservedSpace = Size(member) },
                "maxUsedSpace" => rule with { MaxUsedSpace = Size(member) },
                "minFreeSpace" => rule with { MinFreeSpace = Size(member) },
                "keepDuration" => rule with { KeepFor = Duration(Text(member)) },
                "filter" => Filter(rule, member.Value),
                _ => throw Unknown($"{Name}.gc.policy.{member.Name}"),
            };
        }

        return rule;
    }

    // A list of name=value, or an object of them; an age is a filter too.
    private static CacheRule Filter(CacheRule rule, JsonElement value)
    {
        var pairs = value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Select(item => item.ToString().Split('=', 2)).Select(pair => (Name: pair[0].Trim('='), Value: pair.ElementAtOrDefault(1)?.TrimStart('=') ?? "")),
            JsonValueKind.Object => value.EnumerateObject().Select(item => (item.Name, Value: item.Value.ToString())),
            _ => throw new ConfigurationException($"{Name}.gc.policy.filter must be a list of texts"),
        };
        var filters = new List<string>();
        foreach (var (name, wanted) in pairs)
        {
            if (name is "unused-for" or "until")
                rule = rule with { KeepFor = Duration(wanted) };
            else if (name is "id" or "parent" or "type" or "description" or "inuse" or "shared" or "private" or "mutable" or "immutable")
                filters.Add(wanted.Length == 0 ? name : $"{name}=={wanted}");
            else
                throw new ConfigurationException($"invalid filter '{name}' in {Name}.gc.policy");
        }

        return filters.Count == 0 ? rule : rule with { Filters = [string.Join(',', filters)] };
    }

    private static TimeSpan Duration(string text)
    {
        try
        {
            return TimeSpan.FromTicks(GoDuration.Parse(text) / 100);
        }
        catch (FormatException exception)
        {
            throw new ConfigurationException($"{Name}.gc: {exception.Message}", exception);
        }
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException($"{Name} must be an object: {exception.Message}", exception);
        }
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string where) =>
        element.ValueKind is JsonValueKind.Object ? element.EnumerateObject() : throw new ConfigurationException($"{where} must be an object");

    private static bool Switch(JsonProperty member) =>
        member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.Value.GetBoolean() : throw new ConfigurationException($"{Name}: {member.Name} must be true or false");

    private static long Size(JsonProperty member) => Values.Bytes(Name, Text(member));

    private static string Text(JsonProperty member) =>
        member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? member.Value.ToString() : throw new ConfigurationException($"{Name}: {member.Name} must be a text or a number");

    private static ConfigurationException Unknown(string key) => new($"the following directives don't match any configuration option: {key}");
}
