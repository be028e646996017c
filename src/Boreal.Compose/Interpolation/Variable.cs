namespace Boreal.Compose.Interpolation;

/// <summary>A variable that a file uses.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRequired">Whether it must be set.</param>
/// <param name="Default">What stands in when it isn't.</param>
/// <param name="Alternate">What stands in when it is.</param>
internal sealed record Variable(string Name, bool IsRequired, string Default, string Alternate);
