using Boreal.Oci.Images;

namespace Boreal.Build.Graph;

/// <summary>What a step runs on, in the canonical names.</summary>
public sealed record BuildPlatform(string Os, string Architecture, string Variant = "", string OsVersion = "")
{
    public static BuildPlatform Of(Platform platform) =>
        new BuildPlatform(platform.Os, platform.Architecture, platform.Variant ?? "", platform.OsVersion ?? "").Normalized;

    /// <summary>With the usual names of the architecture, and without the variant that everyone means.</summary>
    public BuildPlatform Normalized
    {
        get
        {
            var (architecture, variant) = PlatformNames.Normalize(Architecture.ToLowerInvariant(), Variant.ToLowerInvariant());
            return new BuildPlatform(PlatformNames.NormalizeSystem(Os), architecture, variant, OsVersion);
        }
    }

    /// <summary><c>os/architecture[/variant]</c></summary>
    public override string ToString() => Variant.Length > 0 ? $"{Os}/{Architecture}/{Variant}" : $"{Os}/{Architecture}";

    /// <summary>With the version of the system in brackets behind its name.</summary>
    public string ToFullString() => OsVersion.Length > 0 ? $"{Os}({OsVersion})/{ToString()[(Os.Length + 1)..]}" : ToString();

    internal void Write(CanonicalWriter writer) => writer.Write(Os).Write(Architecture).Write(Variant).Write(OsVersion);
}
