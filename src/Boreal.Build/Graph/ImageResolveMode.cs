namespace Boreal.Build.Graph;

/// <summary>Where the meaning of an image's name is looked up.</summary>
public enum ImageResolveMode
{
    Default = 0,
    ForcePull = 1,
    PreferLocal = 2,
}
