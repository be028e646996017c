namespace Boreal.Compose.Loading;

/// <summary>Which project is to be loaded, and how far.</summary>
internal sealed record LoadOptions
{
    /// <summary>The folder that relative paths of options start from.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>The variables of the process.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Compose files as given; empty to look for one. <c>-</c> is <see cref="Input"/>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>The project's name as given; empty to derive one.</summary>
    public string ProjectName { get; init; } = "";

    public string ProjectDirectory { get; init; } = "";

    /// <summary>Files of variables as given; empty for <c>.env</c>.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    /// <summary>Profiles to enable; empty for those of <c>COMPOSE_PROFILES</c>.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Services to keep, with what they depend on; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public bool Interpolates { get; init; } = true;

    public bool Normalizes { get; init; } = true;

    public bool ResolvesPaths { get; init; } = true;

    public bool ChecksConsistency { get; init; } = true;

    /// <summary>Whether files of variables and labels are read into the services.</summary>
    public bool ResolvesEnvironment { get; init; } = true;
}
