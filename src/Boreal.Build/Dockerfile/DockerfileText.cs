namespace Boreal.Build.Dockerfile;

/// <summary>A Dockerfile and the name to show it by.</summary>
public sealed record DockerfileText(string FileName, string Text);
