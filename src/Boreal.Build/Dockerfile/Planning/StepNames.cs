using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Graph;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Names of a stage's steps in progress: <c>[build 2/5] RUN make</c>.</summary>
internal sealed class StepNames
{
    private int _index;

    public int Total { get; set; }

    /// <summary>The step being planned comes from the base image.</summary>
    public bool InTrigger { get; set; }

    public string Next(string text, string stage, BuildPlatform? platform, IVariables variables)
    {
        if (Total == 0) return text;
        _index++;
        return Format(text, stage, platform, variables);
    }

    /// <summary>A name for a second operation of the same step.</summary>
    public string Same(string text, string stage, BuildPlatform? platform, IVariables variables) =>
        Total == 0 ? text : Format(text, stage, platform, variables);

    private string Format(string text, string stage, BuildPlatform? platform, IVariables variables)
    {
        var width = $"{Total}".Length;
        var from = platform is null ? "" : $"{platform.ToFullString()}{CrossTarget(platform, variables)} ";
        var name = stage.Length > 0 ? stage + " " : "";
        return $"[{from}{name}{_index.ToString().PadLeft(width)}/{Total}] {(InTrigger ? "ONBUILD " : "")}{text}";
    }

    /// <summary>Where a stage that runs on one platform builds for another, which one.</summary>
    private static string CrossTarget(BuildPlatform running, IVariables variables)
    {
        if (TargetOf(variables, running) is not { } target || target.Os == running.Os && target.Architecture == running.Architecture) return "";
        return target.Os == running.Os ? $"->{target.ToString()[(target.Os.Length + 1)..]}" : $"->{target.ToFullString()}";
    }

    private static BuildPlatform? TargetOf(IVariables variables, BuildPlatform running)
    {
        var (os, architecture, variant, isSet) = (running.Os, running.Architecture, "", false);
        foreach (var name in variables.Names)
        {
            if (!variables.TryGet(name, out var value)) continue;
            switch (name)
            {
                case "TARGETPLATFORM" when TryRead(value, running) is { } platform:
                    return platform.Normalized;
                case "TARGETOS":
                    (os, isSet) = (value, true);
                    break;
                case "TARGETARCH":
                    (architecture, isSet) = (value, true);
                    break;
                case "TARGETVARIANT":
                    (variant, isSet) = (value, true);
                    break;
            }
        }
        return isSet ? new BuildPlatform(os, architecture, variant).Normalized : null;
    }

    private static BuildPlatform? TryRead(string text, BuildPlatform here)
    {
        try
        {
            return PlatformReader.Read(text, here);
        }
        catch (FormatException)
        {
            // The variable is the Dockerfile's to set; then the name tells no target.
            return null;
        }
    }
}
