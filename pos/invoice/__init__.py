"""Invoices from the till (hóa đơn điện tử khởi tạo từ máy tính tiền): made with the sale, sent after it."""
