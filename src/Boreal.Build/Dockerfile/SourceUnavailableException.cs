namespace Boreal.Build.Dockerfile;

/// <summary>Something that the Dockerfile names can't be had; the message is what its users will read.</summary>
public sealed class SourceUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
