namespace Boreal.Tests.Functional.Registry;

/// <summary>The ways a blob can be pushed.</summary>
public enum UploadStyle
{
    /// <summary>POST with digest and body.</summary>
    Post,

    /// <summary>POST, then PUT with the body.</summary>
    PostPut,

    /// <summary>POST, one PATCH of unknown length, PUT: as Docker does.</summary>
    Stream,

    /// <summary>POST, PATCHes with ranges, PUT.</summary>
    Chunks,

    /// <summary>POST, PATCHes with ranges, PUT with the last bytes.</summary>
    ChunksAndPut,
}
