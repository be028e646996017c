namespace Boreal.Compose.Loading;

/// <summary>Where a project comes from: its files, its folder, and the variables around it.</summary>
/// <param name="WorkingDirectory">What relative paths in the files start from.</param>
/// <param name="Files">The files in the order they are merged.</param>
/// <param name="Environment">The process's variables and those of the environment files.</param>
internal sealed record ProjectSource(string WorkingDirectory, IReadOnlyList<ComposeFile> Files, Dictionary<string, string> Environment);
