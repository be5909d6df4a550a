namespace NanoSurface.Footprint;

/// <summary>What things take on the heap of nanoFramework's interpreter, whose unit is a block of 12 bytes (on 32-bit chips,
/// which ESP32 and STM32 are).</summary>
/// <remarks>Read in nf-interpreter: CLR_RT_HeapBlock, _Array, _String, _Delegate, _Delegate_List and _Finalizer in
/// src/CLR/Include/nanoCLR_Runtime__HeapBlock.h; CLR_RT_ExecutionEngine::NewObject, InitializeReference and
/// ExtractHeapBlocksForArray in src/CLR/Core/Execution.cpp; the sizes of elements in
/// src/CLR/Core/TypeSystemLookup.cpp.</remarks>
public static class HeapBlocks
{
    /// <summary>A block: four bytes that say what it is, eight of data.</summary>
    public const int BlockBytes = 12;

    /// <summary>A block for what it is, the number of elements, their type and size.</summary>
    public const int ArrayHeaderBytes = BlockBytes + 8;

    /// <summary>A block, the type, the method, and a block for the object that it is called on.</summary>
    private const int DelegateBytes = BlockBytes + 8 + BlockBytes;

    /// <summary>A block, the type, the length and flags.</summary>
    private const int DelegateListBytes = BlockBytes + 12;

    /// <param name="fields">Of an instance, inherited ones too. A field is a block, whatever its type; one of a struct's type
    /// points to an object of its own, except <c>DateTime</c> and <c>TimeSpan</c>, which fit.</param>
    public static int Object(int fields) => (1 + fields) * BlockBytes;

    /// <param name="elementBytes">See <see cref="ElementBytes"/>.</param>
    public static int Array(int elementBytes, long length) => Rounded(ArrayHeaderBytes + (elementBytes * length));

    /// <summary>A block and the text with its NUL. (A literal is a block alone: its text stays in flash.)</summary>
    public static int String(int utf8Bytes) => Rounded(BlockBytes + utf8Bytes + 1);

    /// <param name="targets">How many methods it calls: from two on there is a list beside them.</param>
    public static int Delegate(int targets) => targets == 1
        ? Rounded(DelegateBytes)
        : Rounded(DelegateListBytes + (targets * BlockBytes)) + (targets * Rounded(DelegateBytes));

    /// <summary>Of an array's element: numbers take their size, everything else is a block.</summary>
    /// <param name="elementType">A type's full name.</param>
    public static int ElementBytes(string elementType) => elementType switch
    {
        "System.Boolean" or "System.SByte" or "System.Byte" => 1,
        "System.Char" or "System.Int16" or "System.UInt16" => 2,
        "System.Int32" or "System.UInt32" or "System.Single" => 4,
        "System.Int64" or "System.UInt64" or "System.Double" => 8,
        _ => BlockBytes,
    };

    /// <summary>To whole blocks.</summary>
    public static int Rounded(long bytes) => checked((int)((bytes + BlockBytes - 1) / BlockBytes) * BlockBytes);
}
