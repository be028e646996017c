namespace Boreal.Compose.Loading;

/// <summary>A compose file on this machine.</summary>
/// <param name="Path">Its absolute path; <c>-</c> for the standard input.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Text">What it says.</param>
internal sealed record ComposeFile(string Path, string Name, string Text);
