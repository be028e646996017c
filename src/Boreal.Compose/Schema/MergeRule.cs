namespace Boreal.Compose.Schema;

/// <summary>What becomes of a key that several files, or a service and the one it extends, have.</summary>
internal enum MergeRule
{
    /// <summary>Mappings are merged key by key, lists appended, of scalars the last one counts.</summary>
    Ordinary,

    /// <summary>The last one counts, whole.</summary>
    Replace,

    /// <summary>Both become lists, which are appended.</summary>
    Sequence,

    /// <summary>As <see cref="Sequence"/>, without what is there already.</summary>
    DistinctSequence,

    /// <summary>A text is the build's context.</summary>
    Build,

    /// <summary>Lists are names of services that must have started.</summary>
    Dependencies,

    /// <summary>Lists are names of networks.</summary>
    Networks,

    /// <summary>Options of different drivers aren't mixed.</summary>
    Logging,

    /// <summary>Pools are told apart by their subnets.</summary>
    Pools,
}
