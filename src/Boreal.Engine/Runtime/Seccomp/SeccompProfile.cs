using System.Buffers;
using System.Text.Json;
using Boreal.Engine.Runtime.Security;

namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>A profile before it is fitted to a machine and a container.</summary>
internal sealed record SeccompProfile
{
    public required string DefaultAction { get; init; }

    public uint? DefaultErrno { get; init; }

    /// <summary>Architectures to choose this machine's from.</summary>
    public IReadOnlyList<SeccompArchitecture> Architectures { get; init; } = [];

    /// <summary>Architectures taken as they are, where <see cref="Architectures"/> is empty.</summary>
    public IReadOnlyList<string> FixedArchitectures { get; init; } = [];

    public IReadOnlyList<string> Flags { get; init; } = [];

    public string? ListenerPath { get; init; }

    public string? ListenerMetadata { get; init; }

    public required IReadOnlyList<SeccompRule> Rules { get; init; }

    /// <summary>The runtime-spec's linux.seccomp as JSON; empty if the profile filters nothing.</summary>
    public byte[] Expand(RuntimeHost host, Capabilities capabilities)
    {
        if (DefaultAction.Length == 0 && Rules.Count == 0) return [];
        var buffer = new ArrayBufferWriter<byte>(16 << 10);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("defaultAction", DefaultAction);
        if (DefaultErrno is { } errno) json.WriteNumber("defaultErrnoRet", errno);
        WriteNames(json, "architectures", ArchitecturesOn(host));
        WriteNames(json, "flags", Flags);
        if (ListenerPath is not null) json.WriteString("listenerPath", ListenerPath);
        if (ListenerMetadata is not null) json.WriteString("listenerMetadata", ListenerMetadata);
        json.WriteStartArray("syscalls");
        foreach (var rule in Rules)
        {
            if (rule.AppliesTo(host, capabilities)) WriteRule(json, rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>This machine's architectures, in the runtime-spec's names.</summary>
    public IReadOnlyList<string> ArchitecturesOn(RuntimeHost host)
    {
        if (Architectures.Count == 0) return FixedArchitectures;
        var name = SeccompArchitectures.NameOf(host.Architecture);
        return Architectures.FirstOrDefault(architecture => architecture.Name == name) is { } found ? [found.Name, .. found.Secondary] : [];
    }

    private static void WriteRule(Utf8JsonWriter json, SeccompRule rule)
    {
        json.WriteStartObject();
        WriteNames(json, "names", rule.Names);
        json.WriteString("action", rule.Action);
        if (rule.Errno is { } errno) json.WriteNumber("errnoRet", errno);
        if (rule.Arguments.Count > 0)
        {
            json.WriteStartArray("args");
            foreach (var argument in rule.Arguments)
            {
                json.WriteStartObject();
                json.WriteNumber("index", argument.Index);
                json.WriteNumber("value", argument.Value);
                if (argument.SecondValue is { } second and not 0) json.WriteNumber("valueTwo", second);
                json.WriteString("op", argument.Operator);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string property, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return;
        json.WriteStartArray(property);
        foreach (var name in names) json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
