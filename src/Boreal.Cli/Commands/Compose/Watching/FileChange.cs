namespace Boreal.Cli.Commands.Compose.Watching;

/// <param name="Path">Relative to the watched path; empty when that is a file itself.</param>
/// <param name="IsGone">Deleted, not written.</param>
internal readonly record struct FileChange(string Path, bool IsGone);
