namespace Boreal.Build.Progress;

/// <summary>Lines count from 1.</summary>
internal readonly record struct SourceRange(int StartLine, int EndLine);
