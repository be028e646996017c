namespace Boreal.Compose.Loading;

/// <summary>What a set of files is loaded with: an included project has its own.</summary>
/// <param name="Folder">What the files' relative paths start from; relative only when paths are not to be resolved.</param>
/// <param name="Environment">The variables.</param>
/// <param name="Including">The files whose including led here, outermost first.</param>
internal sealed record LoadScope(string Folder, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Including);
