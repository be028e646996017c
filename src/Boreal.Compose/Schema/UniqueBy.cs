namespace Boreal.Compose.Schema;

/// <summary>What tells the items of a list apart; a later one takes the place of an equal earlier one.</summary>
internal enum UniqueBy
{
    Nothing,

    /// <summary>The text in front of <c>=</c>.</summary>
    Key,

    /// <summary>Where a volume is mounted.</summary>
    VolumeTarget,

    DeviceTarget,

    /// <summary>Where a config is mounted.</summary>
    ConfigTarget,

    SecretTarget,

    /// <summary>Address, published port, target and protocol.</summary>
    Port,

    /// <summary>The path of an environment file.</summary>
    FilePath,

    Value,
}
