using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Outline;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Graph;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>The arguments that FROM may use: those about platforms, and those in front of the first FROM.</summary>
internal static class GlobalArguments
{
    private const string DefaultStage = "default";

    public static Variables Defaults(BuildPlatform build, BuildPlatform target, string stage, IReadOnlyDictionary<string, string> given)
    {
        (string Name, string Value)[] defaults =
        [
            ("BUILDPLATFORM", build.ToString()),
            ("BUILDOS", build.Os),
            ("BUILDOSVERSION", build.OsVersion),
            ("BUILDARCH", build.Architecture),
            ("BUILDVARIANT", build.Variant),
            ("TARGETPLATFORM", target.ToFullString()),
            ("TARGETOS", target.Os),
            ("TARGETOSVERSION", target.OsVersion),
            ("TARGETARCH", target.Architecture),
            ("TARGETVARIANT", target.Variant),
            ("TARGETSTAGE", stage.Length > 0 ? stage : DefaultStage),
        ];
        return defaults.Aggregate(Variables.Empty, (all, item) => all.Set(item.Name, given.GetValueOrDefault(item.Name, item.Value)));
    }

    /// <exception cref="DockerfileException">A default can't be expanded.</exception>
    public static (Variables Values, OutlineRecord Outline) Add(
        Variables values, IReadOnlyList<ArgInstruction> instructions, BoundedExpander expander, IReadOnlyDictionary<string, string> given)
    {
        var outline = new OutlineRecord();
        foreach (var instruction in instructions)
        {
            foreach (var definition in instruction.Arguments)
            {
                var expanded = given.ContainsKey(definition.Name) || definition.Value is null ? null : expander.Expand(definition.Value, values);
                if (expanded?.Error is { } error) throw new DockerfileException(error, instruction.Lines);
                var value = given.GetValueOrDefault(definition.Name) ?? expanded?.Text;
                var dependencies = Dependencies(definition.Name, expanded, outline);
                if (value is not null) values = values.Set(definition.Name, value);
                outline.Add(definition, value ?? "", instruction.Lines, dependencies);
            }
        }
        return (values, outline);
    }

    // An argument made from its own earlier value is made from what that was made from.
    private static HashSet<string> Dependencies(string name, Expanded? expanded, OutlineRecord outline)
    {
        HashSet<string> dependencies = [.. expanded?.Matched ?? []];
        if (dependencies.Remove(name) && outline.Arguments.TryGetValue(name, out var before)) dependencies.UnionWith(before.Dependencies);
        return dependencies;
    }
}
